/** A watched purchase between a fridge and a journal in memory: whatever the fridge does, what holds of every purchase. */
import fc from 'fast-check';
import { aPurchase, item, SESSION, signals } from '../core/examples.test.support';
import { isOver } from '../core/states';
import type { FramedSignal } from '../ports';
import { Stage } from './stage.test.support';

async function begun(): Promise<Stage> {
  const stage = new Stage(aPurchase({ state: 'requested' }));
  stage.watch.begin(performance.now());
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

test('a purchase whose request was stored with it: sent without another write, expired where there is no line', async () => {
  const [stored, lineless] = [new Stage(aPurchase()), new Stage(aPurchase())];
  lineless.isUp = false;
  for (const { watch } of [stored, lineless]) {
    watch.begin(performance.now());
    await watch.idle();
  }
  expect([stored.states, stored.count('request')]).toEqual([[], 1]);
  expect([lineless.states, lineless.sent]).toEqual([['expired'], []]);
});

test('a process that was held up after its purchase was stored does not ask the machine any more', async () => {
  const stage = new Stage(aPurchase());
  stage.watch.begin(Number.NEGATIVE_INFINITY);
  await stage.watch.idle();
  expect([stage.row.state, stage.sent]).toEqual(['expired', []]);
});

test('no line: expired, and nothing was asked', async () => {
  const stage = new Stage(aPurchase({ state: 'requested' }));
  stage.isUp = false;
  stage.watch.begin(performance.now());
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
