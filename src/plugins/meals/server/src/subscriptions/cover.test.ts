import type { StandingMeal, Taken, TakenAs } from '../core/meal';
import { cover, type Quota } from './cover';

const meal = (id: number): StandingMeal => ({
  id,
  barcode: `b${id}`,
  sku: 'A',
  expiresAt: 1,
  reservedFor: 7,
  isSellable: true,
});
let ids = 0;
const item = (as: TakenAs, sku = 'A'): Taken => ({
  sku,
  as,
  isReported: false,
  meal: as === 'unknown' ? null : meal((ids += 1)),
});
const quota = (changes: Partial<Quota> = {}): Quota => ({
  subscriptionId: 1,
  left: 5,
  coversFreeForAll: false,
  skus: null,
  ...changes,
});
const PRICES: Record<string, number> = { A: 500, B: 900 };
const covered = (taken: readonly Taken[], ...quotas: Quota[]) => {
  const found = cover(taken, quotas, (sku) => PRICES[sku] ?? 0);
  return taken.map((one) => found.get(one) ?? null);
};

it("covers the customer's own meals, up to what is left", () => {
  const taken = [item('free'), item('own'), item('own')];
  expect(covered(taken, quota())).toEqual([null, 1, 1]);
  expect(covered(taken, quota({ left: 1 }))).toEqual([null, 1, null]);
  expect(covered(taken, quota({ left: 0 }))).toEqual([null, null, null]);
  expect(covered(taken)).toEqual([null, null, null]);
});

it('covers free ones where the plan says so, the own first and then the dearest', () => {
  const taken = [item('free', 'A'), item('unknown', 'B'), item('own', 'A')];
  const free = quota({ coversFreeForAll: true, left: 2 });
  expect(covered(taken, free)).toEqual([null, 1, 1]);
});

it("never covers somebody else's", () => {
  expect(covered([item('reserved')], quota({ coversFreeForAll: true }))).toEqual([null]);
});

it('covers the products of the plan only, and goes on with the next subscription', () => {
  const first = quota({ skus: new Set(['B']), left: 1 });
  const second = quota({ subscriptionId: 2, left: 1 });
  expect(covered([item('own', 'A'), item('own', 'B'), item('own', 'B')], first, second)).toEqual([null, 1, 2]);
});
