/** What became of a purchase's money, told by the room that moves it: into the row and the history, and to whoever follows. */
import { newDocumentId } from '../../../../../shared/ids';
import type { Sql } from '../../../../../shared/sql';
import { PURCHASE_CHANNEL } from './journal-statement';

export interface MoneyNote {
  /** A row id. */
  readonly transactionId: number;
  /** The entry in the history, e.g. `payment.captured`, and one word and one sentence of how it went. */
  readonly name: string;
  readonly outcome: string;
  readonly message: string | null;
  /** Absent keys stay as they are. Amounts in minor units, in all. */
  readonly paymentState?: 'captured' | 'released' | 'owed' | 'review';
  readonly capturedAmount?: number;
  readonly refundedAmount?: number;
  readonly paymentIntentId?: string;
  readonly captureBefore?: Date;
}

/** Writes it through `sql`: in the transaction of whoever moved the money. The purchase's own state stays as it is. */
export async function noteMoney(sql: Sql, note: MoneyNote): Promise<void> {
  await sql.rows(
    {
      name: 'purchases.note-money',
      text: `
with changed as (
  update transactions set
    payment_state = coalesce($5, payment_state),
    captured_amount = coalesce($6, captured_amount),
    refunded_amount = coalesce($7, refunded_amount),
    payment_intent_id = coalesce($8, payment_intent_id),
    capture_before = coalesce($9::timestamp, capture_before),
    revision = revision + 1,
    updated_at = now()
  where id = $1
  returning id, document_id, state, fence, revision
),
event as (
  insert into events (document_id, name, kind, outcome, message, received_at, created_at, updated_at, published_at)
  select $10, $2, 'system', $3, $4, clock_timestamp(), now(), now(), now() from changed
  returning id
),
of_transaction as (
  insert into events_transaction_lnk (event_id, transaction_id, event_ord) select e.id, c.id, e.id from event e, changed c
),
of_machine as (
  insert into events_machine_lnk (event_id, machine_id)
  select e.id, m.machine_id from event e, changed c join transactions_machine_lnk m on m.transaction_id = c.id
),
of_user as (
  insert into events_user_lnk (event_id, user_id)
  select e.id, u.user_id from event e, changed c join transactions_user_lnk u on u.transaction_id = c.id
)
select pg_notify('${PURCHASE_CHANNEL}', concat_ws(' ', document_id, state, fence, revision)) from changed`,
    },
    [
      note.transactionId,
      note.name,
      note.outcome,
      note.message,
      note.paymentState ?? null,
      note.capturedAmount ?? null,
      note.refundedAmount ?? null,
      note.paymentIntentId ?? null,
      note.captureBefore?.toISOString() ?? null,
      newDocumentId(),
    ],
  );
}
