/** What somebody counted in a machine, against the books. */
import type { Fault, Fridge, KnownMeal } from './restock';

export interface Counted {
  /** Every barcode that was seen in the machine; null where none were looked at. */
  readonly barcodes: readonly string[] | null;
  /** How many of a product are there in all, with and without a barcode. */
  readonly products: readonly { readonly sku: string; readonly quantity: number }[];
}

export interface KnownCount {
  /** Those that were seen, and those that stand here by the books. */
  readonly meals: ReadonlyMap<string, KnownMeal>;
  readonly skus: ReadonlySet<string>;
  /** By sku, by the books. */
  readonly stock: ReadonlyMap<string, number>;
}

export interface CountPlan {
  /** By the books here, and not seen. */
  readonly missing: readonly KnownMeal[];
  /** Seen here; by the books they had left, or stand elsewhere. */
  readonly found: readonly KnownMeal[];
  /** More (or, negative, fewer) without a barcode than by the books. */
  readonly loose: readonly { readonly sku: string; readonly difference: number }[];
  readonly faults: readonly Fault[];
}

/** The faults name `barcodes` and `products` by their field. */
export function planCount({ barcodes, products }: Counted, fridge: Fridge, known: KnownCount): CountPlan {
  const faults: Fault[] = [];
  const standing = [...known.meals.values()].filter(({ machine }) => machine?.id === fridge.id);
  const seen = new Set(barcodes ?? []);
  const found = new Map<string, KnownMeal>();
  (barcodes ?? []).forEach((barcode, index) => {
    const meal = known.meals.get(barcode);
    if (!meal) {
      faults.push({ index, field: 'barcodes', code: 'unknown_barcode', message: 'is not known: scan it in' });
    } else if (meal.state === 'spoiled' || meal.state === 'recalled') {
      const message = `was taken out as ${meal.state}: it must not stand here`;
      faults.push({ index, field: 'barcodes', code: 'spoiled', message });
    } else if (meal.machine?.id !== fridge.id) found.set(barcode, meal);
  });
  const missing = barcodes === null ? [] : standing.filter(({ barcode }) => !seen.has(barcode));
  const here = [...standing.filter((meal) => !missing.includes(meal)), ...found.values()];

  const loose = products.flatMap(({ sku, quantity }, index) => {
    const fault = (code: Fault['code'], message: string) =>
      void faults.push({ index, field: 'products', code, message });
    const booked = known.stock.get(sku);
    if (booked === undefined && !known.skus.has(sku)) {
      fault('unknown_product', 'is no product of the catalogue');
      return [];
    }
    const of = (meals: readonly KnownMeal[]) => meals.filter((meal) => meal.sku === sku).length;
    const withBarcode = of(here);
    if (quantity < withBarcode) {
      fault('too_many', `must be at least ${withBarcode}, which have a barcode: say in barcodes which ones are there`);
      return [];
    }
    const difference = quantity - ((booked ?? 0) - of(missing) + of([...found.values()]));
    return difference === 0 ? [] : [{ sku, difference }];
  });
  return { missing, found: [...found.values()], loose, faults };
}
