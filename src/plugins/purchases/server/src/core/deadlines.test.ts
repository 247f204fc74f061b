import { decideOverdue, deadlineAfter, expire, newDeadline, PAYMENT_SECONDS, review } from './deadlines';
import { aPurchase, atDoor } from './examples.test.support';
import type { Purchase } from './purchase';
import { isOver, mayGo, STATES } from './states';

const policy = { vendorTimeoutMs: 5000, doorOpenDeadlineSeconds: 180, completionDeadlineSeconds: 120 };

const LIVE: [string, Purchase, number, string, string][] = [
  ['requested', aPurchase({ state: 'requested' }), PAYMENT_SECONDS, 'expired', 'purchase_expired'],
  ['authorized', aPurchase({ state: 'authorized' }), 5, 'expired', 'purchase_expired'],
  ['opening, not asked', aPurchase(), 5, 'expired', 'purchase_expired'],
  ['opening, asked', atDoor(), 120, 'review', 'purchase_review'],
  ['open', atDoor({ state: 'open' }), 180, 'open', 'door_open'],
  ['open, reminded', atDoor({ state: 'open', reminded: true }), 120, 'review', 'purchase_review'],
  ['closed', atDoor({ state: 'closed' }), 120, 'review', 'purchase_review'],
];

test.each(LIVE)('%s: its deadline, and what comes after it', (_what, purchase, seconds, state, cause) => {
  expect(deadlineAfter(purchase, policy)).toBe(seconds);
  const step = decideOverdue(purchase);
  expect(step).toMatchObject({
    record: { kind: 'system', outcome: state },
    change: { to: state },
    alerts: [{ cause }],
  });
});

test.each(STATES)('%s: a deadline exactly while it is live, and never a way that is not in the table', (state) => {
  // The door is asked for while `opening`, so that a purchase before that cannot have asked.
  for (const doorRequested of state === 'requested' || state === 'authorized' ? [false] : [false, true]) {
    const purchase = aPurchase({ state, doorRequested });
    expect(deadlineAfter(purchase, policy) === null).toBe(isOver(state));
    const to = decideOverdue(purchase)?.change?.to;
    expect(to === undefined).toBe(isOver(state));
    if (to !== undefined) expect(to === state || mayGo(state, to)).toBe(true);
  }
});

test('a door that was asked for never merely expires', () => {
  for (const state of ['opening', 'open', 'closed'] as const) {
    for (const reminded of [false, true]) {
      expect(decideOverdue(atDoor({ state, reminded }))?.change?.to).not.toBe('expired');
    }
  }
});

test('an open door is reminded of once', () => {
  expect(decideOverdue(atDoor({ state: 'open' }))?.change).toMatchObject({ reminded: true });
  expect(decideOverdue(atDoor({ state: 'open', reminded: true }))?.change).not.toHaveProperty('reminded');
});

test('only what changes the state, asks for the door or reminds sets a new deadline', () => {
  const open = atDoor({ state: 'open' });
  expect(newDeadline(open, { to: 'open', basket: [] }, policy)).toBeNull();
  expect(newDeadline(open, { to: 'open', reminded: true }, policy)).toBe(120);
  expect(newDeadline(open, { to: 'closed' }, policy)).toBe(120);
  expect(newDeadline(aPurchase(), { to: 'opening', doorRequested: true }, policy)).toBe(120);
  expect(newDeadline(open, { to: 'completed' }, policy)).toBeNull();
});

test('an expiry says that the door is locked; a review, that nobody knows', () => {
  expect(expire('because.').change).toEqual({ to: 'expired', door: 'locked', message: 'because.' });
  expect(review('because.').change).toEqual({ to: 'review', door: 'unknown', message: 'because.' });
});
