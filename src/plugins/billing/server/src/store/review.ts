/** What a decision about a payment in review needs to know. */
import type { Sql } from '../../../../../shared/sql';
import type { Payment } from '../core/payment';

/**
 * What is due for the purchase of a payment, in minor units: what was to be charged, else its total.
 * @returns null while nobody knows what was taken.
 */
export async function dueOf(sql: Sql, payment: Payment): Promise<number | null> {
  const [row] = await sql.rows<{ state: string; total: number | null }>(
    {
      name: 'billing.due-of',
      text: `
select t.state, t.total_amount as total from payments_transaction_lnk l join transactions t on t.id = l.transaction_id
where l.payment_id = $1`,
    },
    [payment.id],
  );
  if (!row) return payment.captureAmount ?? 0;
  if (row.state === 'completed') return row.total ?? payment.captureAmount ?? 0;
  return ['empty', 'refused', 'expired'].includes(row.state) ? 0 : null;
}

/** Whether no other payment at the same machine waits for a person. */
export async function isLastInReview(sql: Sql, payment: Payment): Promise<boolean> {
  const rows = await sql.rows(
    {
      name: 'billing.others-in-review',
      text: `
select from payments p
left join payments_transaction_lnk pt on pt.payment_id = p.id
left join transactions_machine_lnk tm on tm.transaction_id = pt.transaction_id
where p.state = 'review' and p.id <> $1 and tm.machine_id is not distinct from $2 limit 1`,
    },
    [payment.id, payment.machine?.id ?? null],
  );
  return rows.length === 0;
}

/** The documentId of the open debt of a payment. */
export async function openDebtOf(sql: Sql, payment: Payment): Promise<string | null> {
  const [row] = await sql.rows<{ document_id: string }>(
    { name: 'billing.open-debt-of', text: `select document_id from debts where key = $1 and state = 'open'` },
    [`debt:${payment.key}`],
  );
  return row?.document_id ?? null;
}
