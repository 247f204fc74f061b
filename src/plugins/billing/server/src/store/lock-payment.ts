import type { Sql } from '../../../../../shared/sql';

/** What decides how much of a payment can be given back. Minor units. */
export interface LockedPayment {
  readonly isCaptured: boolean;
  /** A person has to decide first whether anything was charged. */
  readonly isInReview: boolean;
  readonly capturedAmount: number;
  readonly refundedAmount: number;
  readonly disputedAmount: number;
}

/** Takes the lock of a payment's row until the transaction ends: whatever gives money back takes turns here. */
export async function lockPayment(sql: Sql, id: number): Promise<LockedPayment> {
  const [row] = await sql.rows<{ state: string; captured: number; refunded: number; disputed: number }>(
    {
      name: 'billing.lock-payment',
      text: `
select state, captured_amount as captured, refunded_amount as refunded, disputed_amount as disputed
from payments where id = $1 for update`,
    },
    [id],
  );
  if (!row) throw new Error(`Payment ${id} is gone.`);
  return {
    isCaptured: row.state === 'captured',
    isInReview: row.state === 'review',
    capturedAmount: row.captured,
    refundedAmount: row.refunded,
    disputedAmount: row.disputed,
  };
}

/** Counts what was given back (negative where it came back to us), and answers what that is in all for the purchase. */
export async function addRefunded(sql: Sql, paymentId: number, amount: number): Promise<number> {
  const [row] = await sql.rows<{ total: number }>(
    {
      name: 'billing.add-refunded',
      text: `
with changed as (
  update payments set refunded_amount = refunded_amount + $2, updated_at = now() where id = $1
  returning id, refunded_amount
)
select c.refunded_amount + coalesce((
  select sum(o.refunded_amount) from payments_transaction_lnk mine
  join payments_transaction_lnk l on l.transaction_id = mine.transaction_id
  join payments o on o.id = l.payment_id where mine.payment_id = c.id and o.id <> c.id), 0)::int as total
from changed c`,
    },
    [paymentId, amount],
  );
  return row?.total ?? 0;
}
