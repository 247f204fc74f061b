/** What Stripe says about a refund, written down. */
import type Stripe from 'stripe';
import type { Sql } from '../../../../../shared/sql';
import { StripeNotNow } from '../core/answer';
import { money, paymentAlert } from '../core/alerts';
import type { BillingParts } from '../core/parts';
import type { Payment } from '../core/payment';
import { refunded, unrefunded } from '../core/postings';
import { mayRefundBecome, type Refund, type RefundState } from '../core/refund';
import { endReview } from '../review/end-review';
import { post } from '../store/ledger';
import { ledgerOf } from '../store/ledger-of';
import { addRefunded, lockPayment } from '../store/lock-payment';
import { findPaymentByIntent } from '../store/payments';
import { changeRefund, findRefundAtStripe, findRefundByKey, insertRefund } from '../store/refunds';
import { idOf } from '../stripe/intent-facts';
import { REFUND_METADATA, stateOf } from './at-stripe';

/** `unchanged` where this, or something later, was known; `not_ours` where the payment is none of Larder's. */
export type Applied = 'changed' | 'unchanged' | 'not_ours';

/**
 * Brings our row to what Stripe says; one that was made in Stripe's dashboard gets its row here. May be called any number
 * of times, in any order: a refund never goes back.
 * @throws {StripeNotNow} where the payment's own capture is not written down yet: the job is tried again.
 */
export async function applyRefund(atStripe: Stripe.Refund, parts: BillingParts): Promise<Applied> {
  const intentId = idOf(atStripe.payment_intent);
  const payment = intentId === null ? undefined : await findPaymentByIntent(parts.database, intentId);
  if (!payment) return 'not_ours';
  const to = stateOf(atStripe);
  return parts.database.transaction(async (sql) => {
    const { isCaptured } = await lockPayment(sql, payment.id);
    if (!isCaptured) {
      const message = 'its payment is not known to be captured yet';
      throw new StripeNotNow('Refund', { kind: 'unclear', isKept: false, message });
    }
    const refund = await findOrInsert(sql, atStripe, payment);
    if (!mayRefundBecome(refund.state, to)) return 'unchanged';
    await changeRefund(sql, refund.id, {
      to,
      stripeRefundId: atStripe.id,
      failureReason: to === 'failed' ? (atStripe.failure_reason ?? 'unknown') : null,
      message: null,
    });
    if (to === 'succeeded') await recordSucceeded(sql, refund, payment, parts);
    if (to === 'failed') await recordFailed(sql, refund, refund.state, payment, parts);
    return 'changed';
  });
}

async function findOrInsert(sql: Sql, atStripe: Stripe.Refund, payment: Payment): Promise<Refund> {
  const own = atStripe.metadata?.[REFUND_METADATA] ?? '';
  const known = await findRefundAtStripe(sql, atStripe.id, own);
  // Metadata can be typed in Stripe's dashboard: what names another payment's refund is not that refund.
  if (known?.paymentKey === payment.key) return known;
  const key = `stripe:${atStripe.id}`;
  await insertRefund(sql, payment, {
    key,
    requestHash: null,
    amount: atStripe.amount,
    lines: null,
    reason: atStripe.reason ?? 'stripe',
    requestedBy: 'stripe',
  });
  const made = await findRefundByKey(sql, key);
  if (!made) throw new Error(`The refund ${atStripe.id} was written and is not there.`);
  return made;
}

async function recordSucceeded(sql: Sql, refund: Refund, payment: Payment, parts: BillingParts): Promise<void> {
  const total = await addRefunded(sql, payment.id, refund.amount);
  await post(sql, [refunded(refund.key, refund.amount)], ledgerOf(payment));
  await note(sql, 'payment.refunded', 'refunded', refund, total, payment, parts);
  if (isAboveDue(payment)) await endReview(sql, payment, parts);
}

/** More was charged than was due, which a person was told of: see `recordCaptured`. */
function isAboveDue({ captureAmount, capturedAmount }: Payment): boolean {
  return captureAmount !== null && capturedAmount > captureAmount;
}

/** Also used for a refund that Stripe refused to make. Within a transaction that holds the payment's lock. */
export async function recordFailed(
  sql: Sql,
  refund: Refund,
  from: RefundState,
  payment: Payment,
  parts: BillingParts,
): Promise<void> {
  const total = await addRefunded(sql, payment.id, from === 'succeeded' ? -refund.amount : 0);
  if (from === 'succeeded') await post(sql, [unrefunded(refund.key, refund.amount)], ledgerOf(payment));
  await note(sql, 'payment.refund_failed', 'failed', refund, total, payment, parts);
  const message = `A refund of ${money(refund.amount, refund.currency)} did not reach the customer.`;
  const alert = paymentAlert(parts.notifier, { ...payment, key: refund.key }, 'refund_failed', message);
  await parts.queue.send(sql, [alert]);
}

async function note(
  sql: Sql,
  name: string,
  outcome: string,
  { amount, currency, reason }: Refund,
  refundedAmount: number,
  { transaction }: Payment,
  parts: BillingParts,
): Promise<void> {
  if (!transaction) return;
  const message = `${money(amount, currency)}: ${reason}`;
  await parts.noteMoney(sql, { transactionId: transaction.id, name, outcome, message, refundedAmount });
}
