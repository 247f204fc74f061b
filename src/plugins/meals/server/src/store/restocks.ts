/** The rows of restocks. One that is open has its machine and caller in its unique key: there is one of those at a time. */
import { newDocumentId } from '../../../../../shared/ids';
import type { Sql } from '../../../../../shared/sql';
import type { Fridge, Restock } from '../core/restock';

type Row = Omit<Restock, 'machine'> & { readonly machine: Fridge };

const SELECT = `
select r.id, r.document_id as "documentId", r.state, r.started_by as "startedBy", r.opened_at at time zone 'UTC' as "openedAt",
  r.closed_at at time zone 'UTC' as "closedAt", r.in_count as "inCount", r.out_count as "outCount",
  r.waste_count as "wasteCount", r.difference_count as "differenceCount", r.note,
  jsonb_build_object('id', m.id, 'documentId', m.document_id, 'vendorId', m.vendor_id, 'label', m.label,
    'timeZone', m.timezone) as machine
from restocks r join restocks_machine_lnk k on k.restock_id = r.id join machines m on m.id = k.machine_id`;

/** The open restock of this caller at this machine, made where there is none. */
export async function openRestock(
  sql: Sql,
  machine: Fridge,
  startedBy: string,
  note: string | null,
): Promise<{ readonly restock: Restock; readonly isNew: boolean }> {
  const key = `open:${machine.documentId}:${startedBy}`;
  const made = await sql.rows(
    {
      name: 'meals.open-restock',
      text: `
with made as (
  insert into restocks (document_id, key, state, started_by, opened_at, in_count, out_count, waste_count, difference_count, note,
    created_at, updated_at, published_at)
  values ($1, $2, 'open', $3, now(), 0, 0, 0, 0, $4, now(), now(), now()) on conflict (key) do nothing returning id
)
insert into restocks_machine_lnk (restock_id, machine_id) select id, $5 from made returning restock_id`,
    },
    [newDocumentId(), key, startedBy, note, machine.id],
  );
  const [restock] = await sql.rows<Row>({ name: 'meals.restock-by-key', text: `${SELECT} where r.key = $1` }, [key]);
  if (!restock) throw new Error('A restock was opened and is not there.');
  return { restock, isNew: made.length > 0 };
}

export async function findRestock(sql: Sql, documentId: string): Promise<Restock | null> {
  const [row] = await sql.rows<Row>({ name: 'meals.restock', text: `${SELECT} where r.document_id = $1` }, [
    documentId,
  ]);
  return row ?? null;
}

/** The same, and nobody else changes it until the transaction ends. */
export async function lockRestock(sql: Sql, documentId: string): Promise<Restock | null> {
  const [row] = await sql.rows<Row>(
    { name: 'meals.lock-restock', text: `${SELECT} where r.document_id = $1 for update of r` },
    [documentId],
  );
  return row ?? null;
}

export interface Counts {
  readonly in: number;
  readonly out: number;
  readonly waste: number;
  readonly differences: number;
}

export async function addToRestock(sql: Sql, restockRow: number, counts: Partial<Counts>): Promise<void> {
  await sql.rows(
    {
      name: 'meals.add-to-restock',
      text: `update restocks set in_count = in_count + $2, out_count = out_count + $3, waste_count = waste_count + $4,
  difference_count = difference_count + $5, updated_at = now() where id = $1`,
    },
    [restockRow, counts.in ?? 0, counts.out ?? 0, counts.waste ?? 0, counts.differences ?? 0],
  );
}

/** Its key is free for the next one of the same caller. One that is closed stays as it is. */
export async function closeRestock(sql: Sql, documentId: string): Promise<void> {
  await sql.rows(
    {
      name: 'meals.close-restock',
      text: `update restocks set state = 'closed', closed_at = now(), key = 'closed:' || document_id, updated_at = now()
where document_id = $1 and state = 'open'`,
    },
    [documentId],
  );
}

/** One movement of a restock, as its page shows it. */
export interface RestockMovement {
  readonly kind: string;
  readonly quantity: number;
  readonly sku: string;
  readonly barcode: string | null;
  readonly reason: string | null;
  readonly at: Date;
}

/** The newest first, a thousand at most. */
export async function findMovementsOf(sql: Sql, restockId: string): Promise<RestockMovement[]> {
  return sql.rows<{
    kind: string;
    quantity: number;
    sku: string;
    barcode: string | null;
    reason: string | null;
    at: Date;
  }>(
    {
      name: 'meals.restock-movements',
      text: `select kind, quantity, sku, barcode, reason, moved_at at time zone 'UTC' as at from stock_movements
where restock_id = $1 order by moved_at desc, id desc limit 1000`,
    },
    [restockId],
  );
}
