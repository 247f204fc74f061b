/** Another meal for whoever's was taken. */
import type { StandingMeal } from '../core/meal';

/**
 * For each stolen meal an equal one that is nobody's and may be sold, the freshest first; no meal for two.
 * @param left what still stands in the machine.
 * @returns by the stolen meal's row id; those for whom nothing is left are not in it.
 */
export function offersFor(stolen: readonly StandingMeal[], left: readonly StandingMeal[]): Map<number, StandingMeal> {
  const free = left.filter(({ reservedFor, isSellable }) => reservedFor === null && isSellable);
  free.sort((a, b) => (b.expiresAt ?? 0) - (a.expiresAt ?? 0) || a.id - b.id);
  const offers = new Map<number, StandingMeal>();
  const given = new Set<number>();
  for (const { id, sku } of stolen) {
    const offer = free.find((one) => one.sku === sku && !given.has(one.id));
    if (!offer) continue;
    given.add(offer.id);
    offers.set(id, offer);
  }
  return offers;
}
