/** Lots: whether they are sold, where their meals stand, and who bought some. */
import type { Sql } from '../../../../../shared/sql';

export type LotState = 'selling' | 'stopped' | 'recalled';

export interface Lot {
  readonly id: number;
  readonly documentId: string;
  readonly code: string;
  readonly sku: string;
  readonly state: LotState;
  readonly reason: string | null;
  readonly expiresAt: Date | null;
}

const SELECT = `select id, document_id as "documentId", code, sku, state, reason, expires_at at time zone 'UTC' as "expiresAt" from lots`;

/** Nobody else decides about it until the transaction ends. */
export async function lockLot(sql: Sql, documentId: string): Promise<Lot | null> {
  const [row] = await sql.rows<Lot>({ name: 'meals.lock-lot', text: `${SELECT} where document_id = $1 for update` }, [
    documentId,
  ]);
  return row ?? null;
}

export async function findLot(sql: Sql, documentId: string): Promise<Lot | null> {
  const [row] = await sql.rows<Lot>({ name: 'meals.lot', text: `${SELECT} where document_id = $1` }, [documentId]);
  return row ?? null;
}

/** By what is on the package; a hundred at most, the newest first. */
export async function searchLots(
  sql: Sql,
  search: { readonly code: string | null; readonly sku: string | null },
): Promise<Lot[]> {
  return sql.rows<Lot>(
    {
      name: 'meals.search-lots',
      text: `${SELECT} where ($1::text is null or code = $1) and ($2::text is null or sku = $2) order by id desc limit 100`,
    },
    [search.code, search.sku],
  );
}

export async function changeLot(sql: Sql, lotRow: number, state: LotState, reason: string): Promise<void> {
  await sql.rows(
    { name: 'meals.change-lot', text: `update lots set state = $2, reason = $3, updated_at = now() where id = $1` },
    [lotRow, state, reason],
  );
}

/** A machine in which meals of a lot stand. */
export interface LotPlace {
  readonly id: string;
  readonly vendorId: string;
  readonly label: string;
  readonly meals: number;
}

export async function findPlaces(sql: Sql, lotRow: number): Promise<LotPlace[]> {
  return sql.rows<{ id: string; vendorId: string; label: string; meals: number }>(
    {
      name: 'meals.lot-places',
      text: `
select f.document_id as id, f.vendor_id as "vendorId", f.label, count(*)::int as meals
from meals_lot_lnk l join meals_machine_lnk k on k.meal_id = l.meal_id join machines f on f.id = k.machine_id
where l.lot_id = $1 group by f.id order by f.label, f.id`,
    },
    [lotRow],
  );
}

/** A purchase in which meals of a lot went. */
export interface LotBuyer {
  readonly transactionId: string;
  readonly ref: string;
  /** The front end's id; null where nobody is known. */
  readonly customerId: string | null;
  readonly at: Date | null;
  readonly barcodes: readonly string[];
  /** How many of these were paid for as bought: collected and stolen ones are not given back. */
  readonly quantity: number;
  /** What those cost, in minor units. */
  readonly amount: number;
  readonly currency: string;
  /** The refund for this recall; null where none was asked for. */
  readonly refund: { readonly state: string; readonly amount: number } | null;
}

/** @param requestedBy of the refunds of the recall. */
export async function findBuyers(sql: Sql, lot: Pick<Lot, 'id' | 'sku'>, requestedBy: string): Promise<LotBuyer[]> {
  return sql.rows<LotBuyer & { transactionId: string }>(
    {
      name: 'meals.lot-buyers',
      text: `
select t.document_id as "transactionId", t.ref, u.customer_id as "customerId", t.completed_at at time zone 'UTC' as at,
  b.barcodes, least(b.sold, s.quantity)::int as quantity, (least(b.sold, s.quantity) * s.unit_amount)::int as amount,
  t.currency,
  (select jsonb_build_object('state', r.state, 'amount', r.amount) from refunds r
    join refunds_transaction_lnk rt on rt.refund_id = r.id
    where rt.transaction_id = t.id and r.requested_by = $3 order by r.id desc limit 1) as refund
from (
  select k.transaction_id, array_agg(m.barcode order by m.barcode) as barcodes, count(*) filter (where m.state = 'sold') as sold
  from meals_lot_lnk l join meals m on m.id = l.meal_id join meals_transaction_lnk k on k.meal_id = m.id
  where l.lot_id = $1 and m.state in ('sold', 'collected', 'stolen') group by 1
) b
join transactions t on t.id = b.transaction_id
left join transactions_user_lnk tu on tu.transaction_id = t.id left join up_users u on u.id = tu.user_id
cross join lateral (
  select coalesce(sum(x.quantity), 0) as quantity, coalesce(max(x.unit_amount), 0) as unit_amount
  from transaction_lines_transaction_lnk xk join transaction_lines x on x.id = xk.line_id
  where xk.transaction_id = t.id and x.sku = $2 and coalesce(x.kind, 'sale') = 'sale'
) s
order by t.completed_at desc, t.id desc`,
    },
    [lot.id, lot.sku, requestedBy],
  );
}
