import type { StandingMeal } from '../core/meal';
import { offersFor } from './offers';

const meal = (id: number, changes: Partial<StandingMeal> = {}): StandingMeal => ({
  id,
  barcode: `b${id}`,
  sku: 'A',
  expiresAt: 100,
  reservedFor: null,
  isSellable: true,
  ...changes,
});
const offered = (stolen: readonly StandingMeal[], left: readonly StandingMeal[]) =>
  Object.fromEntries([...offersFor(stolen, left)].map(([id, offer]) => [id, offer.id]));

it('offers the freshest meal of the same product', () => {
  const left = [meal(1, { expiresAt: 50 }), meal(2, { expiresAt: 90 }), meal(3, { sku: 'B', expiresAt: 99 })];
  expect(offered([meal(9, { reservedFor: 7 })], left)).toEqual({ 9: 2 });
});

it('offers nothing that is reserved, that may not be sold, or that is another product', () => {
  const left = [meal(1, { reservedFor: 8 }), meal(2, { isSellable: false }), meal(3, { sku: 'B' })];
  expect(offered([meal(9)], left)).toEqual({});
});

it('offers one meal once, and nothing to whom none is left', () => {
  expect(offered([meal(8), meal(9), meal(10)], [meal(1), meal(2)])).toEqual({ 8: 1, 9: 2 });
});
