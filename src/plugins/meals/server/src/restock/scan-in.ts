import { fingerprint } from '../../../../../shared/http';
import type { ItemIn } from '../core/plan-in';
import { countOuts } from '../store/movement-counts';
import { addToRestock } from '../store/restocks';
import { onRestock, type RestockOrder, type RestockOutcome, type RestockParts } from './call';
import { planItems, putSteps, type Moved } from './put';

export interface ScannedIn {
  /** Units that came into the machine with this call. */
  readonly stored: number;
  /** Entries that changed nothing: they stand there already. */
  readonly repeated: number;
  /** Those of `stored` that stood in another machine. */
  readonly moved: readonly Moved[];
}

/** Puts meals into the machine of a restock: all of them, or none. */
export function scanIn(
  order: RestockOrder<readonly ItemIn[]>,
  parts: RestockParts,
): Promise<RestockOutcome<ScannedIn>> {
  const items = order.body;
  const barcodes = items.flatMap(({ barcode }) => barcode ?? []);
  return onRestock(order, 'in', barcodes, parts, async (turn, restock) => {
    const { documentId: restockId, machine } = restock;
    // Taken out and put back in within one visit is a movement each time; the same scan sent again is not.
    const outs = await countOuts(turn.sql, restockId, machine.documentId, barcodes);
    const call = fingerprint([order.idempotencyKey]);
    const keyOf = ({ barcode }: ItemIn, index: number) =>
      barcode === null
        ? `restock:${restockId}:in:${call}:${index}`
        : `restock:${restockId}:in:${outs.get(barcode) ?? 0}:${barcode}`;
    const { steps, faults, repeated } = await planItems(turn, machine, items, { keyOf, mayReturn: true });
    if (faults.length > 0) return { kind: 'faulty', faults };
    const moved = await putSteps(turn.sql, machine, steps, { restockId, movedBy: order.by, reason: null });
    const stored = steps.reduce((sum, step) => sum + (step.isMoved ? step.quantity : 0), 0);
    await addToRestock(turn.sql, restock.id, { in: stored });
    return { kind: 'done', answer: { stored, repeated, moved } };
  });
}
