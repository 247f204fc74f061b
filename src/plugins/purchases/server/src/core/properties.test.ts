/** What holds of a purchase whatever frames come, how often, in whichever order, and whenever its deadlines pass. */
import fc from 'fast-check';
import type { FramedSignal, RefusalCode } from '../ports';
import { decideOverdue } from './deadlines';
import { decide } from './decide';
import { aPurchase, item, PRICES, SESSION, signals } from './examples.test.support';
import type { Purchase } from './purchase';
import { isOver, mayGo, TRANSITIONS, type State } from './states';
import { afterChange, type Step } from './step';

const RUNS = { numRuns: 500 };
const sku = fc.constantFrom('A', 'B', 'C', 'X');
const items = fc.array(
  fc
    .tuple(sku, fc.constantFrom('6.50', '1.60', '0.01', '1,60', '-1', 'NaN', null))
    .map(([vpn, price]) => item(vpn, price)),
  { maxLength: 8 },
);
const code = fc.constantFrom<RefusalCode>(
  'invalid_token',
  'machine_offline',
  'machine_busy',
  'cancelled',
  'unknown_refusal',
);

const signal: fc.Arbitrary<FramedSignal> = fc.oneof(
  fc.constantFrom(signals.acknowledged(), signals.noise(), signals.machine(), signals.machine('busy')),
  fc.constantFrom(SESSION, 's-2', null).map((session) => signals.begun(session)),
  fc
    .tuple(fc.constantFrom('request' as const, 'door' as const), code)
    .map(([stage, why]) => signals.refused(stage, why)),
  fc.constant(signals.unlocked()),
  fc.array(sku, { maxLength: 5 }).map((skus) => signals.basket(...skus)),
  fc.constant(signals.locked()),
  fc.tuple(items, fc.constantFrom('8.10', '1.5', 'much', null)).map(([list, total]) => signals.completed(list, total)),
  code.map((why) => signals.ended(why)),
);

type Happening = FramedSignal | 'overdue';
const happening = fc.oneof({ arbitrary: signal, weight: 9 }, { arbitrary: fc.constant('overdue' as const), weight: 1 });
const start = fc.constantFrom<Purchase>(
  aPurchase({ state: 'requested' }),
  aPurchase({ state: 'authorized' }),
  aPurchase(),
  aPurchase(),
  aPurchase(),
);
// Most streams begin as real ones do, so that the later states are reached often.
const stream = fc
  .tuple(
    fc.constantFrom<Happening[]>([], [signals.begun()], [signals.begun(), signals.unlocked()]),
    fc.array(happening, { maxLength: 20 }),
  )
  .map(([first, rest]) => [...first, ...rest]);

interface Moment {
  readonly before: Purchase;
  readonly what: Happening;
  readonly step: Step;
  readonly after: Purchase;
}

function live(purchase: Purchase, happenings: readonly Happening[]): Moment[] {
  const moments: Moment[] = [];
  let before = purchase;
  for (const what of happenings) {
    const step = what === 'overdue' ? decideOverdue(before) : decide(before, what, PRICES);
    if (!step) continue;
    const after = step.change ? afterChange(before, step.change) : before;
    moments.push({ before, what, step, after });
    before = after;
  }
  return moments;
}

const always = (check: (moments: readonly Moment[]) => void) =>
  fc.assert(
    fc.property(start, stream, (purchase, happenings) => check(live(purchase, happenings))),
    RUNS,
  );

const ORDER: readonly State[] = ['requested', 'authorized', 'opening', 'open', 'closed', 'completed'];
const rank = (state: State) => (isOver(state) ? 9 : ORDER.indexOf(state));

test('the state goes only where the table says, and never back', () => {
  always((moments) => {
    for (const { before, after } of moments) {
      if (before.state !== after.state) expect(mayGo(before.state, after.state)).toBe(true);
      expect(rank(after.state)).toBeGreaterThanOrEqual(rank(before.state));
    }
  });
});

test('whatever happens is recorded, with the frame it came in', () => {
  always((moments) => {
    for (const { what, step } of moments) {
      if (what !== 'overdue') expect({ ...step.record, outcome: null }).toEqual({ ...what.record, outcome: null });
    }
  });
});

test('the door is asked for at most once, and only in `opening`', () => {
  always((moments) => {
    const asked = moments.filter(({ step }) => step.change?.doorRequested);
    expect(asked.length).toBeLessThanOrEqual(1);
    for (const { before } of asked) expect([before.state, before.doorRequested]).toEqual(['opening', false]);
  });
});

test('nobody is charged, nor kept waiting for a person, unless the door was asked for', () => {
  always((moments) => {
    for (const { after } of moments) {
      if (['open', 'closed', 'completed', 'empty', 'review'].includes(after.state))
        expect(after.doorRequested).toBe(true);
    }
  });
});

test('the total is the sum of the lines, at our prices', () => {
  always((moments) => {
    for (const { what, step } of moments) {
      if (step.change?.totalAmount === undefined) continue;
      const lines = step.change.lines ?? [];
      expect(step.change.totalAmount).toBe(lines.reduce((sum, line) => sum + line.amount, 0));
      const sold = what !== 'overdue' && what.kind === 'completed' ? what.items : [];
      expect(step.change.totalAmount).toBe(
        sold.reduce((sum, each) => sum + (PRICES.get(each.sku)?.unitAmount ?? 0), 0),
      );
    }
  });
});

test('a total is set exactly with the end that has one', () => {
  always((moments) => {
    const settled = moments.filter(({ step }) => step.change?.totalAmount !== undefined);
    expect(settled.length).toBeLessThanOrEqual(1);
    for (const { after } of settled) expect(['completed', 'empty']).toContain(after.state);
    const last = moments[moments.length - 1]?.after.state;
    if (last === 'completed' || last === 'empty') expect(settled).toHaveLength(1);
  });
});

test('an end is the end: no frame and no deadline changes it', () => {
  always((moments) => {
    const end = moments.findIndex(({ after }) => isOver(after.state));
    if (end < 0) return;
    for (const { step } of moments.slice(end + 1)) expect(step.change).toBeNull();
  });
});

test('a frame that comes twice changes nothing the second time', () => {
  fc.assert(
    fc.property(start, stream, signal, (purchase, happenings, frame) => {
      const before = live(purchase, happenings).pop()?.after ?? purchase;
      const [once, twice] = live(before, [frame, frame]);
      const ignoreRevision = (given: Purchase | undefined) => ({ ...given, revision: 0 });
      expect(ignoreRevision(twice?.after)).toEqual(ignoreRevision(once?.after));
    }),
    RUNS,
  );
});

test('a refusal or a person’s turn always comes with an alert', () => {
  always((moments) => {
    for (const { before, step, after } of moments) {
      if (before.state !== after.state && ['refused', 'expired', 'review'].includes(after.state)) {
        expect(step.alerts.length).toBeGreaterThan(0);
      }
    }
  });
});

test('an honest purchase, its frames shuffled, doubled and lost, ends as its completion says or waits for it', () => {
  const basket = fc.array(fc.constantFrom('A', 'B', 'C'), { minLength: 1, maxLength: 6 });
  const mess = fc.record({
    basket,
    copies: fc.array(fc.nat(), { maxLength: 6 }),
    lost: fc.array(fc.nat(), { maxLength: 3 }),
    keys: fc.array(fc.nat(), { minLength: 30, maxLength: 30 }),
  });
  fc.assert(
    fc.property(mess, ({ basket: skus, copies, lost, keys }) => {
      const pushes = [
        signals.unlocked(),
        ...skus.map((_, n) => signals.basket(...skus.slice(0, n + 1))),
        signals.locked(),
        signals.completed(skus.map((each) => item(each))),
      ];
      const doubled = [...pushes, ...copies.map((n) => pushes[n % pushes.length] ?? signals.noise())];
      const kept = doubled.filter((_, n) => !lost.some((each) => each % doubled.length === n));
      const shuffled = kept
        .map((frame, n) => [keys[n % keys.length] ?? 0, frame] as const)
        .sort(([a], [b]) => a - b)
        .map(([, frame]) => frame);
      const last = live(aPurchase(), [signals.begun(), ...shuffled]).pop();
      const total = skus.reduce((sum, each) => sum + (PRICES.get(each)?.unitAmount ?? 0), 0);
      if (shuffled.some(({ kind }) => kind === 'completed')) {
        expect(last?.after.state).toBe('completed');
        const settled = live(aPurchase(), [signals.begun(), ...shuffled]).find(({ step }) => step.change?.totalAmount);
        expect(settled?.step.change?.totalAmount).toBe(total);
      } else {
        expect(isOver(last?.after.state ?? 'review')).toBe(false);
      }
    }),
    RUNS,
  );
});

test('the table of transitions ends where it says it ends', () => {
  for (const [from, to] of Object.entries(TRANSITIONS) as [State, readonly State[]][]) {
    expect(to).not.toContain(from);
    // A person settles a review; nothing else leaves an end.
    if (isOver(from)) expect(to).toEqual(from === 'review' ? ['completed', 'empty'] : []);
    else expect(to.length).toBeGreaterThan(0);
  }
});
