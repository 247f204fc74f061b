/** What an operator takes out of a machine. */
import type { Fault, FaultCode, Fridge, KnownMeal } from './restock';

export type OutKind = 'removed' | 'spoiled';

/** One meal by its barcode, or so many of a product that have none. */
export interface ItemOut {
  readonly barcode: string | null;
  readonly sku: string | null;
  readonly quantity: number;
  readonly kind: OutKind;
}

export interface KnownOut {
  readonly meals: ReadonlyMap<string, KnownMeal>;
  /** By sku: how many of it have no barcode, by the books. */
  readonly loose: ReadonlyMap<string, number>;
}

export interface StepOut {
  readonly sku: string;
  readonly quantity: number;
  readonly kind: OutKind;
  readonly meal: KnownMeal | null;
  readonly index: number;
}

export interface PlanOut {
  readonly steps: readonly StepOut[];
  readonly faults: readonly Fault[];
  readonly repeated: number;
}

export function planOut(items: readonly ItemOut[], fridge: Fridge, known: KnownOut): PlanOut {
  const steps: StepOut[] = [];
  const faults: Fault[] = [];
  const taken = new Set<string>();
  const loose = new Map(known.loose);
  let repeated = 0;
  items.forEach(({ barcode, sku, quantity, kind }, index) => {
    const fault = (field: string, code: FaultCode, message: string) =>
      void faults.push({ index, field, code, message });
    if (barcode === null) {
      const left = loose.get(sku ?? '') ?? 0;
      if (sku === null || quantity > left) {
        return fault(
          'quantity',
          'too_many',
          `must be at most ${Math.max(left, 0)}: no more are here without a barcode`,
        );
      }
      loose.set(sku, left - quantity);
      steps.push({ sku, quantity, kind, meal: null, index });
      return;
    }
    const meal = known.meals.get(barcode);
    if (!meal) return fault('barcode', 'unknown_barcode', 'is not known');
    if (sku !== null && sku !== meal.sku) return fault('sku', 'other_product', `must be ${meal.sku}`);
    const isOut = !meal.machine && ['removed', 'spoiled', 'recalled'].includes(meal.state);
    if (isOut || taken.has(barcode)) return void (repeated += 1);
    if (meal.machine?.id !== fridge.id) {
      const where = meal.machine ? `stands in ${meal.machine.label}` : `is ${meal.state}`;
      return fault('barcode', 'not_here', `${where}, by the books: count what is here first`);
    }
    taken.add(barcode);
    steps.push({ sku: meal.sku, quantity: 1, kind, meal, index });
  });
  return { steps, faults, repeated };
}
