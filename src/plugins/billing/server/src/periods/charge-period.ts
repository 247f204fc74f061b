/** A period of a subscription is charged to the customer's saved card, without the customer: a payment of its own, once a try. */
import { newDocumentId } from '../../../../../shared/ids';
import type { Sql } from '../../../../../shared/sql';
import type { BillingParts } from '../core/parts';
import { settlePaymentJob } from '../settle/settle';

/** So many tries in all, each a payment; `larder.charge_state` knows as many. */
export const MOST_TRIES = 4;

export interface PeriodCharge {
  /** Names the subscription and the period. */
  readonly periodKey: string;
  /** 1 for the first. */
  readonly attempt: number;
  /** A row id. */
  readonly userId: number;
  /** In minor units; above 0. */
  readonly amount: number;
  readonly currency: string;
}

/**
 * Writes down what is to be charged, with the job that brings it about, in the caller's transaction. The same try again
 * changes nothing.
 */
export async function chargePeriod(
  sql: Sql,
  { periodKey, attempt, userId, amount, currency }: PeriodCharge,
  { queue }: Pick<BillingParts, 'queue'>,
): Promise<void> {
  const key = `${periodKey}:${attempt}`;
  const made = await sql.rows(
    {
      name: 'billing.charge-period',
      text: `
with made as (
  insert into payments (document_id, key, purpose, state, authorized_amount, capture_amount, captured_amount, refunded_amount,
    disputed_amount, currency, is_taken_over, created_at, updated_at, published_at)
  values ($1, $2, 'subscription', 'capturing', 0, $3, 0, 0, 0, $4, false, now(), now(), now())
  on conflict (key) do nothing returning id
)
insert into payments_user_lnk (payment_id, user_id) select id, $5 from made returning payment_id`,
    },
    [newDocumentId(), key, amount, currency, userId],
  );
  if (made.length > 0) await queue.send(sql, [settlePaymentJob(key)]);
}
