/** Somebody counted a machine: the books follow, and whoever looks after it is told of what they cannot explain. */
import { planCount, type Counted, type CountPlan } from '../core/plan-count';
import type { StepIn } from '../core/plan-in';
import type { KnownMeal, Restock } from '../core/restock';
import type { Sql } from '../../../../../shared/sql';
import { findSkus, findStock } from '../store/known-meals';
import { countMovements } from '../store/movement-counts';
import { recordMovements, type Movement } from '../store/movements';
import { addToRestock } from '../store/restocks';
import { takeOutOf } from '../store/take-out';
import { onRestock, type RestockOrder, type RestockOutcome, type RestockParts } from './call';
import { putSteps } from './put';

/** What differed for one product. */
export interface Difference {
  readonly sku: string;
  readonly booked: number;
  readonly counted: number;
  /** Barcodes that the books had here, and nobody saw. */
  readonly missing: readonly string[];
  /** Barcodes that were seen, and the books had elsewhere or gone. */
  readonly found: readonly string[];
}

export interface CountAnswer {
  /** One a product; empty where the books were right. */
  readonly differences: readonly Difference[];
}

export function countStock(order: RestockOrder<Counted>, parts: RestockParts): Promise<RestockOutcome<CountAnswer>> {
  const { barcodes, products } = order.body;
  return onRestock(order, 'count', barcodes ?? [], parts, async ({ sql, lock }, restock) => {
    const { machine } = restock;
    const meals = await lock(barcodes ?? [], 'all');
    const { stock } = await findStock(sql, machine);
    const skus = await findSkus(
      sql,
      products.map(({ sku }) => sku),
    );
    const plan = planCount(order.body, machine, { meals, skus, stock });
    if (plan.faults.length > 0) return { kind: 'faulty', faults: plan.faults };
    const differences = differencesOf(plan, stock);
    if (differences.length > 0) {
      await correct(sql, restock, plan, order.by);
      await addToRestock(sql, restock.id, { differences: differences.length });
      await parts.queue.send(sql, [alertOf(restock, differences, parts)]);
    }
    return { kind: 'done', answer: { differences } };
  });
}

async function correct(sql: Sql, restock: Restock, { missing, found, loose }: CountPlan, by: string): Promise<void> {
  const { machine, documentId: restockId } = restock;
  const before = await countMovements(
    sql,
    [...missing, ...found].map(({ barcode }) => barcode),
  );
  const keyOf = ({ barcode }: KnownMeal) => `count:${before.get(barcode) ?? 0}:${barcode}`;
  const correction = (movement: Pick<Movement, 'key' | 'quantity' | 'sku' | 'barcode' | 'reason'>): Movement => ({
    kind: 'correction',
    transactionId: null,
    restockId,
    movedBy: by,
    ...movement,
  });
  await takeOutOf(
    sql,
    missing.map(({ id }) => ({ id, as: 'removed' })),
  );
  await putSteps(
    sql,
    machine,
    found.map((meal, index) => stepOf(meal, index, keyOf(meal))),
    { restockId, movedBy: by, reason: 'Found at the count', kind: 'correction' },
  );
  await recordMovements(sql, machine, [
    ...missing.map((meal) => {
      const { sku, barcode } = meal;
      return correction({ key: keyOf(meal), quantity: -1, sku, barcode, reason: 'Missing at the count' });
    }),
    ...loose.map(({ sku, difference }) => {
      const key = `restock:${restockId}:count:${restock.differenceCount}:${sku}`;
      return correction({ key, quantity: difference, sku, barcode: null, reason: 'Counted' });
    }),
  ]);
}

/** A meal comes back into the books as it is known. */
function stepOf(meal: KnownMeal, index: number, key: string): StepIn {
  const { barcode, sku } = meal;
  const unsaid = { lot: null, expiresAt: null, area: null, reservedFor: null, labelName: null };
  return { index, key, barcode, sku, quantity: 1, ...unsaid, meal, isMoved: true };
}

function differencesOf({ missing, found, loose }: CountPlan, stock: ReadonlyMap<string, number>): Difference[] {
  const skus = [...new Set([...missing, ...found, ...loose].map(({ sku }) => sku))].sort();
  const barcodesOf = (meals: readonly KnownMeal[], sku: string) =>
    meals.filter((meal) => meal.sku === sku).map(({ barcode }) => barcode);
  return skus.map((sku) => {
    const booked = stock.get(sku) ?? 0;
    const [gone, come] = [barcodesOf(missing, sku), barcodesOf(found, sku)];
    const uncounted = loose.find((one) => one.sku === sku)?.difference ?? 0;
    return { sku, booked, counted: booked + come.length - gone.length + uncounted, missing: gone, found: come };
  });
}

function alertOf(restock: Restock, differences: readonly Difference[], { notifier }: RestockParts) {
  const list = differences.map(({ sku, booked, counted }) => `${counted} of ${sku} (${booked} by the books)`);
  return notifier.raise({
    cause: 'stock_mismatch',
    severity: 'warning',
    occurrence: `restock:${restock.documentId}:${restock.differenceCount}`,
    machineId: restock.machine.documentId,
    transactionId: null,
    customerId: null,
    message: `Counted: ${list.slice(0, 20).join(', ')}.`,
    vendorMessage: null,
  });
}
