/** A watched purchase between a fridge and a journal in memory: whatever the fridge does, what holds of every purchase. */
import fc from 'fast-check';
import type { Statement } from '../../../../../shared/sql';
import { aPurchase, item, PRICES, SESSION, signals } from '../core/examples.test.support';
import type { Purchase } from '../core/purchase';
import { isOver, mayGo, type State } from '../core/states';
import type { FramedSignal, FridgeLine, FridgeSignal, PreparedCommand } from '../ports';
import { JournalFull, type JournalEntry } from '../store/journal';
import type { Parts } from './parts';
import { createWatch, type Watch } from './watch';

/** Never reached: these tests move by signals alone. */
const NEVER_S = 100_000;

interface Sent {
  readonly command: string;
  /** Whether the row said by then that the door was asked for. */
  readonly wasStored: boolean;
}

/** Each holds timers until its purchase is let go. */
const stages: Stage[] = [];
afterEach(() => stages.splice(0).forEach(({ watch }) => watch.drop()));

class Stage {
  readonly events: { name: string; kind: string }[] = [];
  readonly states: State[] = [];
  readonly sent: Sent[] = [];
  readonly lines: { onSignal: (signal: FridgeSignal) => void; isBroken: boolean; isReleased: boolean }[] = [];
  row: Purchase;
  totals: number[] = [];
  /** Whether a line can be had. */
  isUp = true;
  /** Whether the journal turns everything away. */
  isFull = false;
  readonly watch: Watch;

  constructor(start: Purchase) {
    this.row = start;
    const parts: Parts = {
      instance: 'here',
      database: {
        rows: (what: Statement | string) => this.read(what),
        transaction: fail,
        close: fail,
      } as Parts['database'],
      journal: { append: (entry) => this.append(entry), drain: async () => undefined, backlog: () => 0 },
      driver: {
        checkState: fail,
        takeLine: async (request) =>
          this.isUp ? this.line(request.onSignal) : { kind: 'unavailable', reason: 'down' },
        health: fail,
      },
      payments: {
        authorize: async ({ amount, paymentIntentId }) => ({
          kind: 'authorized',
          amount,
          paymentIntentId,
          paymentState: 'recorded',
          captureBefore: null,
        }),
        settle: () => [],
      },
      notifier: { raise: (alert) => ({ queue: 'alert', data: { ...alert } }), resolve: fail },
      finished: [],
      policy: {
        vendorTimeoutMs: NEVER_S * 1000,
        doorOpenDeadlineSeconds: NEVER_S,
        completionDeadlineSeconds: NEVER_S,
        leaseSeconds: NEVER_S,
        openReplyWithinMs: 1000,
        watchIntervalMs: NEVER_S * 1000,
      },
      log: { debug: ignore, info: ignore, warn: ignore, error: (what) => (this.isFull ? undefined : fail(what)) },
    };
    stages.push(this);
    this.watch = createWatch(start, parts, { redirect: async () => false, leftOver: ignore, onOver: ignore });
  }

  private async append({ row }: JournalEntry): Promise<boolean> {
    await Promise.resolve();
    if (this.isFull) throw new JournalFull();
    this.events.push({ name: row.name, kind: row.kind });
    if (row.to_state === null) return true;
    const isFirst = !row.door_requested || !this.row.doorRequested;
    if (row.from_state !== this.row.state || row.fence !== this.row.fence || !isFirst) return false;
    if (row.to_state !== this.row.state) expect(mayGo(this.row.state, row.to_state as State)).toBe(true);
    this.states.push(row.to_state as State);
    if (row.total_amount !== null) this.totals.push(row.total_amount);
    this.row = {
      ...this.row,
      state: row.to_state as State,
      vendorSession: row.vendor_session ?? this.row.vendorSession,
      doorRequested: this.row.doorRequested || row.door_requested,
      revision: this.row.revision + 1,
    };
    return true;
  }

  private async read(what: Statement | string): Promise<never[]> {
    const name = typeof what === 'string' ? what : what.name;
    if (name === 'purchases.by-id') return [this.asRow()] as never[];
    if (name !== 'purchases.prices') throw new Error(`Not expected: ${name}`);
    return [...PRICES.values()].map(({ unitAmount, ...price }) => ({ ...price, unit_amount: unitAmount })) as never[];
  }

  private asRow() {
    const { machine, documentId, authorizedAmount, vendorSession, doorRequested, ...rest } = this.row;
    return {
      ...rest,
      document_id: documentId,
      authorized_amount: authorizedAmount,
      vendor_session: vendorSession,
      door_requested: doorRequested,
      machine_id: machine.id,
      machine_document_id: machine.documentId,
      vendor_id: machine.vendorId,
      user_id: null,
    };
  }

  private line(onSignal: (signal: FridgeSignal) => void): FridgeLine {
    const line = { onSignal, isBroken: false, isReleased: false };
    this.lines.push(line);
    const prepare = (command: string): PreparedCommand => ({
      record: { kind: 'command', name: command, outcome: 'sent', message: null, data: null },
      send: () => {
        if (line.isBroken) return false;
        this.sent.push({ command, wasStored: this.row.doorRequested });
        return true;
      },
    });
    return {
      kind: 'line',
      prepareRequest: () => prepare('request'),
      prepareDoorOpen: () => prepare('door'),
      prepareStateCheck: () => prepare('check'),
      release: () => void (line.isReleased = true),
      abandon: () => void (line.isReleased = true),
    };
  }

  /** A frame on the line that was taken last, or on one before it. False where there is none. */
  say(signal: FramedSignal, onOlder = false): boolean {
    const line = this.lines[this.lines.length - (onOlder ? 2 : 1)];
    if (!line || line.isBroken) return false;
    line.onSignal(signal);
    return true;
  }

  breakLine(): void {
    const line = this.lines.find((each) => !each.isBroken && !each.isReleased);
    if (!line) return;
    line.isBroken = true;
    line.onSignal({ kind: 'lost', reason: 'broken' });
  }

  count(command: string): number {
    return this.sent.filter((each) => each.command === command).length;
  }
}

const ignore = () => undefined;
const fail = (what?: unknown): never => {
  throw new Error(`Not expected: ${String(what)}`);
};

async function begun(): Promise<Stage> {
  const stage = new Stage(aPurchase({ state: 'requested' }));
  stage.watch.begin();
  await stage.watch.idle();
  return stage;
}

const happy = [
  signals.acknowledged(),
  signals.begun(),
  signals.unlocked(),
  signals.basket('A'),
  signals.basket('A', 'B'),
  signals.locked(),
  signals.completed([item('A'), item('B')]),
];

test('an honest purchase: one request, one door command, stored before it leaves, one total', async () => {
  const stage = await begun();
  for (const signal of happy) stage.say(signal);
  await stage.watch.idle();
  expect(stage.states).toEqual(['authorized', 'opening', 'opening', 'open', 'open', 'open', 'closed', 'completed']);
  expect(stage.sent).toEqual([
    { command: 'request', wasStored: false },
    { command: 'door', wasStored: true },
  ]);
  expect(stage.totals).toEqual([810]);
  expect(stage.lines).toEqual([expect.objectContaining({ isReleased: true })]);
});

test('no line: expired, and nothing was asked', async () => {
  const stage = new Stage(aPurchase({ state: 'requested' }));
  stage.isUp = false;
  stage.watch.begin();
  await stage.watch.idle();
  expect([stage.row.state, stage.sent]).toEqual(['expired', []]);
});

test('the line breaks before the door was asked for: expired; after it: watched on another line', async () => {
  const early = await begun();
  early.breakLine();
  await early.watch.idle();
  expect([early.row.state, early.count('door'), early.lines.length]).toEqual(['expired', 0, 1]);

  const late = await begun();
  late.say(signals.begun());
  await late.watch.idle();
  late.breakLine();
  await late.watch.idle();
  expect([late.row.state, late.count('door'), late.count('check'), late.lines.length]).toEqual(['opening', 1, 1, 2]);
  late.say(signals.completed([item('B')]));
  await late.watch.idle();
  expect([late.row.state, late.totals]).toEqual(['completed', [160]]);
});

test('the line breaks between the store and the command: nothing was sent, so it is no more than expired', async () => {
  const stage = await begun();
  stage.say(signals.begun());
  stage.breakLine();
  await stage.watch.idle();
  expect([stage.row.state, stage.count('door')]).toEqual(['expired', 0]);
});

test.each([
  ['another instance has taken it', { fence: 2 }],
  ['somebody has ended it', { state: 'expired' as const }],
  ['its door was asked for already', { doorRequested: true }],
])('%s: the door is not asked for', async (_what, row) => {
  const stage = await begun();
  stage.row = { ...stage.row, ...row, revision: stage.row.revision + 1 };
  stage.say(signals.begun());
  await stage.watch.idle();
  expect(stage.count('door')).toBe(0);
  expect(stage.watch.purchase).toMatchObject(row);
});

test('a journal that takes nothing more: the door is not asked for, and no failure goes unheard', async () => {
  const unheard: unknown[] = [];
  const hear = (reason: unknown) => void unheard.push(reason);
  process.on('unhandledRejection', hear);
  const stage = await begun();
  stage.isFull = true;
  stage.say(signals.begun());
  await stage.watch.idle();
  // Rejections are told when the microtasks are done.
  await new Promise(setImmediate);
  await new Promise(setImmediate);
  process.off('unhandledRejection', hear);
  expect([stage.count('door'), stage.row.state, unheard]).toEqual([0, 'opening', []]);
});

test('a machine that says twice that it is free, while nobody saw the end, is a matter for a person', async () => {
  const stage = await begun();
  for (const signal of [signals.begun(), signals.unlocked()]) stage.say(signal);
  // With the line in order a free machine means nothing.
  for (const signal of [signals.machine(), signals.machine(), signals.machine('busy')]) stage.say(signal);
  await stage.watch.idle();
  expect(stage.row.state).toBe('open');
  stage.breakLine();
  await stage.watch.idle();
  for (const state of ['available', 'busy', 'available'] as const) stage.say(signals.machine(state));
  await stage.watch.idle();
  expect(stage.row.state).toBe('open');
  stage.say(signals.machine());
  await stage.watch.idle();
  expect(stage.row.state).toBe('review');
});

test('resumed after a restart: the door is watched where it was asked for, and given up where it was not', async () => {
  const asked = new Stage(aPurchase({ doorRequested: true, vendorSession: SESSION }));
  asked.watch.resume();
  await asked.watch.idle();
  expect([asked.row.state, asked.sent.map(({ command }) => command)]).toEqual(['opening', ['check']]);
  asked.say(signals.begun());
  await asked.watch.idle();
  expect(asked.count('door')).toBe(0);

  const unasked = new Stage(aPurchase());
  unasked.watch.resume();
  await unasked.watch.idle();
  expect([unasked.row.state, unasked.sent]).toEqual(['expired', []]);
});

const anySignal = fc.constantFrom<FramedSignal>(
  ...happy,
  signals.noise(),
  signals.machine(),
  signals.machine('busy'),
  signals.refused('request'),
  signals.refused('door'),
  signals.ended(),
  signals.ended('machine_offline'),
  signals.completed([]),
  signals.begun('s-2'),
);
const act = fc.oneof(
  { weight: 10, arbitrary: fc.tuple(fc.constant('say' as const), anySignal, fc.boolean()) },
  { weight: 2, arbitrary: fc.tuple(fc.constant('break' as const)) },
  { weight: 4, arbitrary: fc.tuple(fc.constant('settle' as const)) },
  { weight: 1, arbitrary: fc.tuple(fc.constantFrom('down' as const, 'up' as const)) },
);

test('whatever frames come, on whatever line, and whenever lines break', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.integer({ min: 0, max: happy.length }),
      fc.array(act, { maxLength: 25 }),
      async (known, acts) => {
        const stage = await begun();
        let said = 0;
        for (const signal of happy.slice(0, known)) said += Number(stage.say(signal));
        for (const [what, signal, onOlder] of acts) {
          if (what === 'say' && signal) said += Number(stage.say(signal, onOlder));
          else if (what === 'break') stage.breakLine();
          else if (what === 'settle') await stage.watch.idle();
          else stage.isUp = what === 'up';
        }
        await stage.watch.idle();
        const { state, doorRequested } = stage.row;

        expect(stage.count('request')).toBeLessThanOrEqual(1);
        expect(stage.count('door')).toBeLessThanOrEqual(1);
        expect(stage.sent.every(({ command, wasStored }) => command !== 'door' || wasStored)).toBe(true);
        if (['open', 'closed', 'completed', 'empty', 'review'].includes(state)) {
          expect([doorRequested, stage.count('door')]).toEqual([true, 1]);
        }
        expect(stage.totals).toHaveLength(state === 'completed' || state === 'empty' ? 1 : 0);
        expect(stage.watch.purchase).toMatchObject({ state, doorRequested });
        // Every frame is in the history, whether it did anything or not.
        const kept = stage.events.filter(({ kind }) => kind !== 'system' && kind !== 'command');
        expect(kept).toHaveLength(said);
        if (isOver(state))
          expect(stage.lines.filter(({ isBroken, isReleased }) => !isBroken && !isReleased)).toEqual([]);
      },
    ),
    { numRuns: 300 },
  );
});
