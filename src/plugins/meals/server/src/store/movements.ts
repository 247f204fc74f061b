/** The movement ledger: rows go in, and stay. */
import { newDocumentId } from '../../../../../shared/ids';
import type { Sql } from '../../../../../shared/sql';

export interface Movement {
  /** Unique: the same movement told twice counts once. */
  readonly key: string;
  readonly kind: 'in' | 'out' | 'waste' | 'count' | 'correction';
  /** Positive into the machine, negative out of it. */
  readonly quantity: number;
  readonly sku: string;
  readonly barcode: string | null;
  readonly transactionId: string | null;
  readonly restockId: string | null;
  readonly reason: string | null;
  /** E.g. `token:3`, `admin:1`; null for the customer of a purchase. */
  readonly movedBy: string | null;
}

export interface MachineName {
  readonly documentId: string;
  readonly label: string;
}

/** @returns the keys of those that are new. */
export async function recordMovements(
  sql: Sql,
  machine: MachineName,
  movements: readonly Movement[],
): Promise<ReadonlySet<string>> {
  if (movements.length === 0) return new Set();
  const rows = await sql.rows<{ key: string }>(
    {
      name: 'meals.record-movements',
      text: `
insert into stock_movements (document_id, key, kind, quantity, sku, machine_id, machine_label, barcode, transaction_id,
  restock_id, reason, moved_by, moved_at, created_at, updated_at, published_at)
select m.document_id, m.key, m.kind, m.quantity, m.sku, $2, $3, m.barcode, m.transaction_id, m.restock_id, m.reason, m.moved_by,
  now(), now(), now(), now()
from jsonb_to_recordset($1::jsonb) as m(document_id text, key text, kind text, quantity int, sku text, barcode text,
  transaction_id text, restock_id text, reason text, moved_by text)
on conflict (key) do nothing returning key`,
    },
    [JSON.stringify(movements.map(rowOf)), machine.documentId, machine.label],
  );
  return new Set(rows.map(({ key }) => key));
}

function rowOf(movement: Movement) {
  return {
    document_id: newDocumentId(),
    key: movement.key,
    kind: movement.kind,
    quantity: movement.quantity,
    sku: movement.sku,
    barcode: movement.barcode,
    transaction_id: movement.transactionId,
    restock_id: movement.restockId,
    reason: movement.reason,
    moved_by: movement.movedBy,
  };
}
