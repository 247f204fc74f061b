import { newDocumentId } from '../../../../../shared/ids';
import type { Sql } from '../../../../../shared/sql';
import { purchasePaymentKey } from '../core/keys';
import type { Payment } from '../core/payment';
import { findPaymentByKey } from './payments';

/** What is known about a purchase's money before Stripe is asked. */
export interface HoldOrder {
  readonly payment: Payment;
  /** The card the front end named, or else the customer's own. */
  readonly paymentMethodId: string | null;
  /** The customer at Stripe; null where Larder knows of none yet. */
  readonly stripeCustomerId: string | null;
  /** What the customer owes, in all currencies: any of it keeps the door shut. */
  readonly debtCount: number;
  /** Whether a trusted front end asked: its word ties a card to a customer, a customer's own does not. */
  readonly isFrontEnd: boolean;
  /** Whether they have paid for a purchase before. */
  readonly isKnown: boolean;
}

export interface HoldRequest {
  readonly transactionId: string;
  /** The ceiling in minor units. */
  readonly amount: number;
  readonly currency: string;
  readonly isTakenOver: boolean;
}

/** Writes the payment's row before anything is asked of Stripe; one a purchase, however often this runs. */
export async function beginHold(sql: Sql, request: HoldRequest): Promise<HoldOrder | undefined> {
  const key = purchasePaymentKey(request.transactionId);
  const [row] = await sql.rows<{
    method: string | null;
    stripe_customer_id: string | null;
    debt_count: number;
    is_front_end: boolean;
    is_known: boolean;
  }>(
    {
      name: 'billing.begin-hold',
      text: `
with purchase as (
  select t.id, t.payment ->> 'paymentMethodId' as named_method, t.caller like 'token:%' as is_front_end,
    u.id as user_id, u.stripe_customer_id,
    u.default_payment_method_id
  from transactions t left join transactions_user_lnk tu on tu.transaction_id = t.id left join up_users u on u.id = tu.user_id
  where t.document_id = $1
),
made as (
  insert into payments (document_id, key, purpose, state, authorized_amount, captured_amount, refunded_amount,
    disputed_amount, currency, is_taken_over, created_at, updated_at, published_at)
  select $2, $3, 'purchase', 'requested', $4, 0, 0, 0, $5, $6, now(), now(), now() from purchase
  on conflict (key) do nothing
  returning id
),
of_transaction as (
  insert into payments_transaction_lnk (payment_id, transaction_id) select made.id, purchase.id from made, purchase
),
of_user as (
  insert into payments_user_lnk (payment_id, user_id)
  select made.id, purchase.user_id from made, purchase where purchase.user_id is not null
)
select coalesce(p.named_method, p.default_payment_method_id) as method, p.stripe_customer_id, p.is_front_end,
  (select count(*)::int from debts d join debts_user_lnk l on l.debt_id = d.id
    where l.user_id = p.user_id and d.state = 'open') as debt_count,
  exists (select from payments q join payments_user_lnk l on l.payment_id = q.id
    where l.user_id = p.user_id and q.state = 'captured') as is_known
from purchase p`,
    },
    [request.transactionId, newDocumentId(), key, request.amount, request.currency, request.isTakenOver],
  );
  const payment = row && (await findPaymentByKey(sql, key));
  return (
    payment && {
      payment,
      paymentMethodId: row.method,
      stripeCustomerId: row.stripe_customer_id,
      debtCount: row.debt_count,
      isFrontEnd: row.is_front_end,
      isKnown: row.is_known,
    }
  );
}
