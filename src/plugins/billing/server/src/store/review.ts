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

/**
 * A payment that waits for a person, of those about which one was told: that is what a message says beside a state that does
 * not need one. In review; charged before it was due; charged above what was due, and not given back yet.
 */
export const WAITS_FOR_A_PERSON = `(state = 'review' or message is not null and (state = 'held'
  or state = 'captured' and captured_amount - refunded_amount - disputed_amount > capture_amount))`;

/** Whether somebody was told of this payment, and now neither it nor another one at its machine waits for a person. */
export async function isReviewOver(sql: Sql, { id, machine }: Pick<Payment, 'id' | 'machine'>): Promise<boolean> {
  const rows = await sql.rows(
    {
      name: 'billing.is-review-over',
      text: `
select from payments own where own.id = $1 and own.message is not null and not exists (
  select from (select id from payments where ${WAITS_FOR_A_PERSON}) p
  left join payments_transaction_lnk pt on pt.payment_id = p.id
  left join transactions_machine_lnk tm on tm.transaction_id = pt.transaction_id
  where tm.machine_id is not distinct from $2)`,
    },
    [id, machine?.id ?? null],
  );
  return rows.length > 0;
}

/** Keeps what a person was told about a payment, until {@link isReviewOver}. */
export async function keepMessage(sql: Sql, { id }: Pick<Payment, 'id'>, message: string): Promise<void> {
  await sql.rows(
    { name: 'billing.keep-message', text: `update payments set message = $2, updated_at = now() where id = $1` },
    [id, message],
  );
}

/** The documentId of the open debt of a payment. */
export async function openDebtOf(sql: Sql, payment: Payment): Promise<string | null> {
  const [row] = await sql.rows<{ document_id: string }>(
    { name: 'billing.open-debt-of', text: `select document_id from debts where key = $1 and state = 'open'` },
    [`debt:${payment.key}`],
  );
  return row?.document_id ?? null;
}
