import type { Job } from '../../../../../shared/jobs';
import { aPurchase, atDoor, item, PRICES, signals } from '../core/examples.test.support';
import { expire, review } from '../core/deadlines';
import { decide } from '../core/decide';
import type { Step } from '../core/step';
import type { Alert, PurchaseOutcome } from '../ports';
import { jobsOf } from './jobs';
import { recordPayments } from './record-payments';

const job = (queue: string, data: object): Job => ({ queue, data: { ...data } });
const parts = {
  payments: { ...recordPayments, settle: (outcome: PurchaseOutcome) => [job('money', outcome)] },
  notifier: { raise: (alert: Alert) => job('alert', alert), resolve: () => job('resolve', {}) },
  finished: [(purchase: object) => [job('first', purchase)], (purchase: object) => [job('second', purchase)]],
};
const open = atDoor({ state: 'open', basket: [item('A')] });
const queuesOf = (step: Step, purchase = open) => jobsOf(purchase, step, parts).map(({ queue }) => queue);
const dataOf = (step: Step, queue: string, purchase = open) =>
  jobsOf(purchase, step, parts).find((each) => each.queue === queue)?.data;

test('a step that ends nothing sends nothing but its alerts', () => {
  expect(queuesOf(decide(open, signals.basket('A'), PRICES))).toEqual([]);
  expect(queuesOf(decide(open, signals.locked(), PRICES))).toEqual([]);
});

test('an alert names the purchase, its machine and its customer, and is the same one when told again', () => {
  const late = decide(atDoor({ state: 'review' }), signals.completed([item('A')]), PRICES);
  expect(dataOf(late, 'alert', atDoor({ state: 'review' }))).toMatchObject({
    cause: 'late_completion',
    occurrence: 'purchase-7:late_completion',
    machineId: 'machine-1',
    transactionId: 'purchase-7',
    customerId: 'customer-3',
  });
  expect(dataOf(late, 'alert', atDoor({ state: 'review', user: null }))).toMatchObject({ customerId: null });
});

test('a completion captures its total, and tells whoever listens', () => {
  const completed = decide(open, signals.completed([item('A'), item('B')]), PRICES);
  expect(queuesOf(completed)).toEqual(['money', 'first', 'second']);
  expect(dataOf(completed, 'money')).toEqual({
    transactionId: 'purchase-7',
    state: 'completed',
    amount: 810,
    currency: 'EUR',
  });
  expect(dataOf(completed, 'first')).toEqual({ transactionId: 'purchase-7', state: 'completed' });
});

test('an empty end releases the hold', () => {
  expect(dataOf(decide(open, signals.completed([]), PRICES), 'money')).toMatchObject({ state: 'empty', amount: 0 });
});

test.each([
  ['refused', decide(aPurchase(), signals.refused('request'), PRICES)],
  ['expired', expire('nobody answered.')],
])('%s: the hold is released, an alert raised, and nobody told of a sale', (state, step) => {
  expect(queuesOf(step, aPurchase())).toEqual(['alert', 'money']);
  expect(dataOf(step, 'money', aPurchase())).toMatchObject({ state, amount: 0 });
});

test('a review keeps the hold: no money job, whoever listens is told', () => {
  expect(queuesOf(review('who knows.'))).toEqual(['alert', 'first', 'second']);
  expect(dataOf(review('who knows.'), 'first')).toEqual({ transactionId: 'purchase-7', state: 'review' });
});
