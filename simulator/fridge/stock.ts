import type { ProductSpec } from '../catalogue';
import type { MealSpec, StockSpec } from './meal';

const DAY_MS = 86_400_000;
/** The first meal of a product is good until the day after tomorrow, each next one a day longer. */
const FIRST_EXPIRES_DAYS = 2;

/** The meals that stand in a machine at the beginning. Barcodes made here name machine, product and number. */
export function mealsFor(
  stock: StockSpec,
  uid: string,
  products: readonly ProductSpec[],
  now = Date.now(),
): MealSpec[] {
  if (typeof stock !== 'number') return stock.filter(({ machine }) => machine === undefined || machine === uid);
  return products.flatMap(({ vpn }) =>
    Array.from({ length: stock }, (_, n) => ({
      barcode: `${uid}-${vpn}-${n + 1}`.replace(/[^!-+\--~]/g, '_').slice(0, 80),
      vpn,
      expiresAt: new Date(now + (FIRST_EXPIRES_DAYS + n) * DAY_MS).toISOString().slice(0, 10),
    })),
  );
}
