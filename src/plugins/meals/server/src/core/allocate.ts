/**
 * Which meals went with a purchase. The fridge's list names products, and how many of each: it decides what is charged. A
 * barcode that the fridge reported decides which meal it was. Without one the meals of a product are alike to us, and the
 * likeliest went: first those with the customer's own name on them, then the free ones that expire first, then free ones
 * that should not have been sold any more, and only where there were not enough of those, one reserved for somebody else.
 */
import type { StandingMeal, Taken, TakenAs } from './meal';

export interface Basket {
  readonly lines: readonly { readonly sku: string; readonly quantity: number }[];
  /** The customer's row id; null where nobody is known. */
  readonly buyer: number | null;
  /** Barcodes that the fridge saw taken and not put back in this session. */
  readonly reported: ReadonlySet<string>;
}

export interface Allocation {
  readonly taken: readonly Taken[];
  /** Barcodes that were reported, stand in the machine, and are on no line of the list: the two contradict each other. */
  readonly unlisted: readonly string[];
}

export function allocate({ lines, buyer, reported }: Basket, standing: readonly StandingMeal[]): Allocation {
  const asOf = (meal: StandingMeal): TakenAs => {
    if (meal.reservedFor !== null) return meal.reservedFor === buyer ? 'own' : 'reserved';
    return meal.isSellable ? 'free' : 'unsellable';
  };
  const rankOf = (meal: StandingMeal) => (reported.has(meal.barcode) ? 0 : LIKELIHOOD[asOf(meal)]);
  const taken = lines.flatMap(({ sku, quantity }): Taken[] => {
    const candidates = standing
      .filter((meal) => meal.sku === sku)
      .sort((a, b) => rankOf(a) - rankOf(b) || expiry(a) - expiry(b) || a.id - b.id);
    return Array.from({ length: quantity }, (_, n): Taken => {
      const meal = candidates[n] ?? null;
      return { sku, meal, as: meal ? asOf(meal) : 'unknown', isReported: meal !== null && reported.has(meal.barcode) };
    });
  });
  const allocated = new Set(taken.map(({ meal }) => meal?.barcode));
  const unlisted = standing.flatMap(({ barcode }) =>
    reported.has(barcode) && !allocated.has(barcode) ? [barcode] : [],
  );
  return { taken, unlisted };
}

/** Lower goes first. What was reported goes before all of these. */
const LIKELIHOOD: Readonly<Record<TakenAs, number>> = { own: 1, free: 2, unsellable: 3, reserved: 4, unknown: 5 };

/** A meal without a date goes last. */
function expiry({ expiresAt }: StandingMeal): number {
  return expiresAt ?? Number.MAX_SAFE_INTEGER;
}
