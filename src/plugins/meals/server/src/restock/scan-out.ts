import { fingerprint } from '../../../../../shared/http';
import { planOut, type ItemOut, type OutKind, type StepOut } from '../core/plan-out';
import { findStock } from '../store/known-meals';
import { countMovements } from '../store/movement-counts';
import { recordMovements, type Movement } from '../store/movements';
import { addToRestock } from '../store/restocks';
import { takeOutOf } from '../store/take-out';
import { onRestock, type RestockOrder, type RestockOutcome, type RestockParts } from './call';

export interface ScannedOut {
  /** Units that left the machine with this call. */
  readonly stored: number;
  /** Entries that changed nothing: they had left before. */
  readonly repeated: number;
}

export interface OutBody {
  readonly items: readonly ItemOut[];
  readonly reason: string | null;
}

/** Takes meals out of the machine of a restock: all of them, or none. */
export function scanOut(order: RestockOrder<OutBody>, parts: RestockParts): Promise<RestockOutcome<ScannedOut>> {
  const { items, reason } = order.body;
  const barcodes = items.flatMap(({ barcode }) => barcode ?? []);
  return onRestock(order, 'out', barcodes, parts, async ({ sql, lock }, restock) => {
    const { documentId: restockId, machine } = restock;
    const meals = await lock(barcodes);
    const { loose } = await findStock(sql, machine);
    const { steps, faults, repeated } = planOut(items, machine, { meals, loose });
    if (faults.length > 0) return { kind: 'faulty', faults };

    await takeOutOf(
      sql,
      steps.flatMap(({ meal, kind }) => (meal ? [{ id: meal.id, as: meal.isLotRecalled ? 'recalled' : kind }] : [])),
    );
    const before = await countMovements(sql, barcodes);
    const call = fingerprint([order.idempotencyKey]);
    const movementOf = ({ sku, quantity, kind, meal, index }: StepOut): Movement => ({
      key: meal ? `out:${before.get(meal.barcode) ?? 0}:${meal.barcode}` : `restock:${restockId}:out:${call}:${index}`,
      kind: isWaste({ kind, meal }) ? 'waste' : 'out',
      quantity: -quantity,
      sku,
      barcode: meal?.barcode ?? null,
      transactionId: null,
      restockId,
      reason: reason ?? (meal?.isLotRecalled ? 'Recalled' : null),
      movedBy: order.by,
    });
    await recordMovements(sql, machine, steps.map(movementOf));
    const units = (some: readonly StepOut[]) => some.reduce((sum, { quantity }) => sum + quantity, 0);
    const waste = units(steps.filter(isWaste));
    const stored = units(steps);
    await addToRestock(sql, restock.id, { out: stored - waste, waste });
    return { kind: 'done', answer: { stored, repeated } };
  });
}

function isWaste({ kind, meal }: { readonly kind: OutKind; readonly meal: StepOut['meal'] }): boolean {
  return kind === 'spoiled' || (meal?.isLotRecalled ?? false);
}
