/** A finished purchase, as the allocation of its meals needs it. */
import type { Sql } from '../../../../../shared/sql';
import type { PricedLine } from '../core/bill';

export interface FinishedPurchase {
  /** A row id. */
  readonly id: number;
  readonly documentId: string;
  readonly currency: string;
  readonly totalAmount: number;
  readonly lines: readonly PricedLine[];
  readonly machine: { readonly id: number; readonly documentId: string; readonly label: string };
  readonly user: { readonly id: number; readonly customerId: string } | null;
  /** Whether its money is still to be settled: after that its lines stay as they are. */
  readonly isOpen: boolean;
  /** Whether it names somebody's referral code. */
  readonly isReferred: boolean;
  /** Whether anybody keeps count of what stands in its machine. */
  readonly hasStock: boolean;
}

/**
 * Claims a completed purchase for the one allocation it gets. Its row stays locked until the transaction ends.
 * @returns null where it was done before, or where there is no such purchase.
 */
export async function claimPurchase(sql: Sql, transactionId: string): Promise<FinishedPurchase | null> {
  const [row] = await sql.rows<{
    id: number;
    currency: string;
    total: number | null;
    lines: PricedLine[];
    machine_id: number;
    machine: string;
    label: string;
    user_id: number | null;
    customer_id: string | null;
    is_open: boolean;
    is_referred: boolean;
    has_stock: boolean;
  }>(
    {
      name: 'meals.claim-purchase',
      text: `
with claimed as (
  insert into larder.allocations (transaction_id)
  select document_id from transactions where document_id = $1 and state = 'completed'
  on conflict do nothing returning transaction_id
),
purchase as (
  select t.* from transactions t join claimed c on c.transaction_id = t.document_id for update of t
)
select t.id, t.currency, t.total_amount as total, t.payment_state in ('recorded', 'held', 'at_risk') as is_open,
  t.referral_code is not null as is_referred, m.id as machine_id, m.document_id as machine, m.label, u.id as user_id, u.customer_id,
  exists (select 1 from larder.stock s where s.machine_id = m.document_id) as has_stock,
  coalesce((select jsonb_agg(jsonb_build_object('sku', l.sku, 'name', l.name, 'quantity', l.quantity, 'unitAmount', l.unit_amount,
      'currency', l.currency, 'vendorUnitAmount', l.vendor_unit_amount) order by k.line_ord)
    from transaction_lines_transaction_lnk k join transaction_lines l on l.id = k.line_id where k.transaction_id = t.id), '[]') as lines
from purchase t
join transactions_machine_lnk tm on tm.transaction_id = t.id join machines m on m.id = tm.machine_id
left join transactions_user_lnk tu on tu.transaction_id = t.id left join up_users u on u.id = tu.user_id`,
    },
    [transactionId],
  );
  if (!row) return null;
  return {
    id: row.id,
    documentId: transactionId,
    currency: row.currency,
    totalAmount: row.total ?? 0,
    lines: row.lines,
    machine: { id: row.machine_id, documentId: row.machine, label: row.label },
    user: row.user_id === null || row.customer_id === null ? null : { id: row.user_id, customerId: row.customer_id },
    isOpen: row.is_open,
    isReferred: row.is_referred,
    hasStock: row.has_stock,
  };
}

/** Keeps what was found, for whoever asks later why a purchase cost what it did. */
export async function keepResult(sql: Sql, transactionId: string, result: unknown): Promise<void> {
  await sql.rows(
    { name: 'meals.keep-result', text: `update larder.allocations set result = $2 where transaction_id = $1` },
    [transactionId, JSON.stringify(result)],
  );
}
