/** For the tests of a watched purchase: a fridge and a journal in memory, between which it stands. */
import type { Statement } from '../../../../../shared/sql';
import { PRICES } from '../core/examples.test.support';
import type { Purchase } from '../core/purchase';
import { mayGo, type State } from '../core/states';
import type { FramedSignal, FridgeLine, FridgeSignal, PreparedCommand } from '../ports';
import { JournalFull, type JournalEntry } from '../store/journal';
import type { Parts } from './parts';
import { createWatch, type Watch } from './watch';

/** Never reached: these tests move by signals alone. */
const NEVER_S = 100_000;

export interface Sent {
  readonly command: string;
  /** Whether the row said by then that the door was asked for. */
  readonly wasStored: boolean;
}

/** Each holds timers until its purchase is let go. */
const stages: Stage[] = [];
afterEach(() => stages.splice(0).forEach(({ watch }) => watch.drop()));

/** One purchase under watch, whose fridge the test plays. */
export class Stage {
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
      tokenSecret: 'secret',
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
        recordRequest: () => null,
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
