import { MAX_AMOUNT } from '../../../../../shared/money';
import type { FramedSignal } from '../ports';
import { decide } from './decide';
import { aPurchase, atDoor, item, PRICES, signals } from './examples.test.support';
import type { Purchase } from './purchase';

/** Each row is a purchase; each column a signal. A state is where it goes, a word is what its event says instead. */
const TABLE = `
               | begun      | request no | door no    | unlocked   | basket     | locked     | completed  | nothing    | -10        | error
requested      | unexpected | unexpected | unexpected | unexpected | unexpected | unexpected | unexpected | unexpected | unexpected | unexpected
authorized     | unexpected | unexpected | unexpected | unexpected | unexpected | unexpected | unexpected | unexpected | unexpected | unexpected
opening        | OPENING    | REFUSED    | unexpected | unexpected | unexpected | unexpected | unexpected | unexpected | unexpected | unexpected
opening, asked | duplicate  | REVIEW     | REFUSED    | OPEN       | OPEN       | CLOSED     | COMPLETED  | EMPTY      | EMPTY      | REVIEW
open           | duplicate  | REVIEW     | REVIEW     | duplicate  | OPEN       | CLOSED     | COMPLETED  | EMPTY      | EMPTY      | REVIEW
closed         | duplicate  | REVIEW     | REVIEW     | duplicate  | late       | duplicate  | COMPLETED  | EMPTY      | EMPTY      | REVIEW
completed      | late       | late       | late       | late       | late       | late       | late       | late       | late       | late
empty          | late       | late       | late       | late       | late       | late       | late       | late       | late       | late
refused        | late       | late       | late       | late       | late       | late       | late       | late       | late       | late
expired        | late       | late       | late       | late       | late       | late       | late       | late       | late       | late
review         | late       | late       | late       | late       | late       | late       | late       | late       | late       | late`;

const SIGNALS: Record<string, FramedSignal> = {
  begun: signals.begun(),
  'request no': signals.refused('request'),
  'door no': signals.refused('door'),
  unlocked: signals.unlocked(),
  basket: signals.basket('A'),
  locked: signals.locked(),
  completed: signals.completed([item('A')]),
  nothing: signals.completed([]),
  '-10': signals.ended('cancelled'),
  error: signals.ended('machine_offline'),
};

function purchaseOf(row: string): Purchase {
  if (row === 'opening' || row === 'requested' || row === 'authorized') return aPurchase({ state: row });
  if (row === 'opening, asked') return atDoor();
  return atDoor({ state: row as Purchase['state'] });
}

const [head = [], ...rows] = TABLE.trim()
  .split('\n')
  .map((line) => line.split('|').map((cell) => cell.trim()));
// The first line has lost the blanks before its first bar.
const columns = head.filter((name) => name !== '');
const CASES = rows.flatMap(([row = '', ...cells]) => cells.map((cell, n) => [row, columns[n] ?? '', cell] as const));

test('the table is whole', () => {
  expect(CASES).toHaveLength(11 * 10);
  expect(columns).toEqual(Object.keys(SIGNALS));
});

test.each(CASES)('%s, on %s: %s', (row, column, expected) => {
  const signal = SIGNALS[column] ?? signals.noise();
  const { record, change } = decide(purchaseOf(row), signal, PRICES);
  if (expected === expected.toLowerCase()) {
    expect([change, record]).toEqual([null, { ...signal.record, outcome: expected }]);
  } else {
    expect([change?.to, record]).toEqual([expected.toLowerCase(), signal.record]);
  }
});

test.each(rows.map(([row = '']) => row))('%s, on what says nothing of a purchase: kept as it is', (row) => {
  for (const signal of [signals.acknowledged(), signals.machine(), signals.noise()]) {
    const step = decide(purchaseOf(row), signal, PRICES);
    expect(step.change).toBeNull();
    expect(step.alerts).toEqual([]);
    expect({ ...step.record, outcome: null }).toEqual({ ...signal.record, outcome: null });
  }
});

test('a session begins once, and a begin without a session begins nothing', () => {
  expect(decide(aPurchase(), signals.begun('s-9'), PRICES).change).toEqual({
    to: 'opening',
    vendorSession: 's-9',
    doorRequested: true,
    door: 'unknown',
  });
  expect(decide(aPurchase(), signals.begun(null), PRICES)).toMatchObject({
    change: null,
    record: { outcome: 'unexpected' },
  });
});

test('a list replaces the list before it', () => {
  const before = atDoor({ state: 'open', basket: [item('A'), item('A')] });
  expect(decide(before, signals.basket('B'), PRICES).change).toEqual({
    to: 'open',
    door: 'unlocked',
    basket: [item('B')],
  });
});

describe('the end', () => {
  const open = atDoor({ state: 'open', basket: [item('A')] });

  test('a completion is charged at our prices, and keeps what the vendor claimed', () => {
    const items = [item('A', '0.10'), item('B', '1.60'), item('A', '0.10')];
    const { change, alerts } = decide(open, signals.completed(items, '1.80'), PRICES);
    expect(change).toMatchObject({
      to: 'completed',
      door: 'locked',
      basket: items,
      totalAmount: 1460,
      lines: [
        { sku: 'A', quantity: 2, unitAmount: 650, amount: 1300, vendorUnitAmount: 10 },
        { sku: 'B', quantity: 1, unitAmount: 160, amount: 160, vendorUnitAmount: 160 },
      ],
      vendorReport: { items, total: '1.80' },
    });
    expect(alerts.map(({ cause }) => cause)).toEqual(['catalogue_mismatch', 'total_mismatch']);
  });

  test.each([
    ['-10', signals.ended('cancelled')],
    ['an empty completion', signals.completed([])],
  ])('%s over a list with something in it: empty, and somebody is told', (_what, signal) => {
    const { change, alerts } = decide(open, signal, PRICES);
    expect(change).toMatchObject({ to: 'empty', totalAmount: 0, lines: [], basket: [] });
    expect(alerts.map(({ cause }) => cause)).toEqual(['basket_mismatch']);
    for (const basket of [null, []]) expect(decide({ ...open, basket }, signal, PRICES).alerts).toEqual([]);
  });

  test('a total that no column holds goes to a person', () => {
    const dear = new Map([['A', { sku: 'A', name: 'Gold', unitAmount: MAX_AMOUNT, currency: 'EUR' }]]);
    expect(decide(open, signals.completed([item('A')]), dear).change).toMatchObject({
      to: 'completed',
      totalAmount: MAX_AMOUNT,
    });
    const { change, alerts } = decide(open, signals.completed([item('A'), item('A')]), dear);
    expect(change).toMatchObject({ to: 'review', door: 'unknown' });
    expect(change).not.toHaveProperty('totalAmount');
    expect(alerts.map(({ cause }) => cause)).toEqual(['purchase_review']);
  });

  test('an error after the door keeps the vendor’s words for whoever decides', () => {
    const { change, alerts } = decide(open, signals.refused('request', 'subscription_expired'), PRICES);
    expect(change).toEqual({
      to: 'review',
      door: 'unknown',
      refusalCode: 'subscription_expired',
      vendorCode: -11,
      message: 'Vendron says subscription_expired',
    });
    expect(alerts).toMatchObject([
      { cause: 'purchase_review', severity: 'urgent', vendorMessage: 'Vendron says subscription_expired' },
      { cause: 'subscription_expired', severity: 'urgent' },
    ]);
  });
});

describe('a completion that comes late', () => {
  const late = (state: Purchase['state'], signal: FramedSignal) => decide(atDoor({ state }), signal, PRICES).alerts;

  test.each(['empty', 'refused', 'expired', 'review'] as const)('of a purchase that was %s is told', (state) => {
    expect(late(state, signals.completed([item('A')]))).toMatchObject([
      { cause: 'late_completion', severity: 'warning' },
    ]);
  });

  test('is no news where it repeats what is known, or lists nothing', () => {
    expect(late('completed', signals.completed([item('A')]))).toEqual([]);
    expect(late('review', signals.completed([]))).toEqual([]);
  });
});
