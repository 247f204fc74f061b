/** A delivery comes into a machine: what is good of it, or all of it or nothing. */
import type { ItemIn } from '../core/plan-in';
import type { Fridge } from '../core/restock';
import { planItems, putSteps } from '../restock/put';
import type { RestockParts } from '../restock/call';
import { inTurn } from '../restock/turn';

export interface DeliveryRow {
  /** As the caller counts, from 1; in a file the headers are row 1. */
  readonly row: number;
  readonly item: ItemIn;
}

export interface BadRow {
  readonly row: number;
  readonly field: string;
  readonly code: string;
  readonly message: string;
}

export interface Delivery {
  readonly fridge: Fridge;
  readonly rows: readonly DeliveryRow[];
  /** Rows that could not be read at all. */
  readonly bad: readonly BadRow[];
  readonly by: string;
  /** Looks only. */
  readonly isDryRun: boolean;
  /** One bad row, and nothing is stored. */
  readonly isStrict: boolean;
}

export interface DeliveryReport {
  readonly rows: number;
  /** Meals that came in; on a dry run, that would have. */
  readonly stored: number;
  /** Rows that change nothing: of a delivery that came before, or of meals that stand there. */
  readonly repeated: number;
  readonly bad: readonly BadRow[];
}

/** Rows that one statement writes: none may take longer than a few seconds. */
const AT_ONCE = 1000;

/**
 * A meal comes with a delivery once: sent again, also after it was sold, its row is repeated.
 * @returns undefined where others move the same meals at this moment.
 */
export function importDelivery(
  { fridge, rows, bad, by, isDryRun, isStrict }: Delivery,
  { database }: Pick<RestockParts, 'database'>,
): Promise<DeliveryReport | undefined> {
  const items = rows.map(({ item }) => item);
  const barcodes = items.flatMap(({ barcode }) => barcode ?? []);
  const keyOf = ({ barcode }: ItemIn) => `delivery:${fridge.documentId}:${barcode}`;
  return inTurn(database, fridge, barcodes, async (turn) => {
    const plan = await planItems(turn, fridge, items, { keyOf, mayReturn: false });
    const faults = plan.faults.map(({ index, ...fault }) => ({ row: rows[index]?.row ?? 0, ...fault }));
    const allBad = [...bad, ...faults].sort((a, b) => a.row - b.row);
    const isStored = !isDryRun && !(isStrict && allBad.length > 0);
    for (let n = 0; isStored && n < plan.steps.length; n += AT_ONCE) {
      const steps = plan.steps.slice(n, n + AT_ONCE);
      await putSteps(turn.sql, fridge, steps, { restockId: null, movedBy: by, reason: 'Delivery' });
    }
    const isRefused = isStrict && allBad.length > 0;
    return {
      rows: rows.length + new Set(bad.map(({ row }) => row)).size,
      stored: isRefused ? 0 : plan.steps.filter(({ isMoved }) => isMoved).length,
      repeated: plan.repeated,
      bad: allBad,
    };
  });
}
