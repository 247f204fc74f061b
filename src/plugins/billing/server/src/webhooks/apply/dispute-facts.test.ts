import type Stripe from 'stripe';
import { movementsOf, stageOf } from './dispute-facts';

const movement = (id: string, amount: number, fee = 0, currency = 'eur') =>
  ({ id, amount, fee, currency }) as Stripe.BalanceTransaction;
const dispute = (...movements: Stripe.BalanceTransaction[]) => ({
  id: 'dp_1',
  amount: 790,
  balance_transactions: movements,
});
const amounts = (of: ReturnType<typeof dispute>) =>
  movementsOf(of, 'EUR').postings.map(({ name, entries }) => [name, entries[0]?.amount]);

test('an inquiry moves nothing', () => {
  expect(amounts(dispute())).toEqual([
    ['dispute:dp_1', 0],
    ['dispute-won:dp_1', 0],
  ]);
});

test('what was withdrawn, what came back, and what it cost', () => {
  const of = dispute(movement('txn_1', -790, 2000), movement('txn_2', 790));
  expect(amounts(of)).toEqual([
    ['dispute:dp_1', 790],
    ['dispute-won:dp_1', 790],
  ]);
  expect(movementsOf(of, 'EUR').fees).toEqual([
    { balanceTransactionId: 'txn_1', amount: 2000 },
    { balanceTransactionId: 'txn_2', amount: 0 },
  ]);
});

test('a balance in another currency: the amount of the dispute, and no fee', () => {
  const of = dispute(movement('txn_1', -850, 2000, 'usd'));
  expect(amounts(of)).toEqual([
    ['dispute:dp_1', 790],
    ['dispute-won:dp_1', 0],
  ]);
  expect(movementsOf(of, 'EUR').fees).toEqual([]);
});

test.each([
  ['needs_response', 'opened'],
  ['warning_needs_response', 'opened'],
  ['under_review', 'opened'],
  ['won', 'won'],
  ['lost', 'lost'],
  ['warning_closed', 'closed'],
] as const)('%s is %s', (status, stage) => {
  expect(stageOf({ status })).toBe(stage);
});
