/** Has Stripe give the money back: asked for once, whatever becomes of the answers. */
import type Stripe from 'stripe';
import { z } from 'zod';
import type { JobHandler } from '../../../../../shared/queue';
import { StripeNotNow } from '../core/answer';
import type { BillingParts } from '../core/parts';
import type { Refund } from '../core/refund';
import { findPaymentByKey } from '../store/payments';
import { findRefundByKey } from '../store/refunds';
import { burnKey, takeTicket } from '../store/stripe-calls';
import { applyRefund } from './apply';
import { REFUND_METADATA } from './at-stripe';
import { recordRefused } from './refused';

const jobData = z.object({ key: z.string() });

export function createRefundHandler(parts: BillingParts): JobHandler {
  return async ({ data }) => {
    const refund = await findRefundByKey(parts.database, jobData.parse(data).key);
    if (refund) await makeRefund(refund, parts);
  };
}

/**
 * Nothing for one that Stripe knows already.
 * @throws {StripeNotNow} when Stripe cannot say now: the job is tried again.
 */
export async function makeRefund(refund: Refund, parts: BillingParts): Promise<void> {
  if (refund.state !== 'requested') return;
  const payment = await findPaymentByKey(parts.database, refund.paymentKey);
  const intentId = payment?.paymentIntentId;
  if (!intentId) throw new Error(`The refund ${refund.key} is of a payment without an intent.`);
  const ticket = await takeTicket(parts.database, refund.key, 'refund');
  if (ticket.isRepeated && (await isMade(refund, intentId, parts))) return;
  const answer = await parts.call((stripe) =>
    stripe.refunds.create(
      {
        payment_intent: intentId,
        amount: refund.amount,
        reason: 'requested_by_customer',
        metadata: { [REFUND_METADATA]: refund.key, larder_transaction: payment.transaction?.documentId ?? '' },
      },
      { idempotencyKey: ticket.key },
    ),
  );
  if (answer.kind === 'ok') return void (await applyRefund(answer.value, parts));
  if (answer.kind === 'busy' || answer.kind === 'unavailable') throw new StripeNotNow('Refund', answer);
  if (answer.kind === 'unclear' && answer.isKept) await burnKey(parts.database, ticket);
  if (await isMade(refund, intentId, parts)) return;
  if (answer.kind === 'unclear') throw new StripeNotNow('Refund', answer);
  // Stripe says no, and there is none: e.g. the money was given back from its dashboard meanwhile.
  await recordRefused(refund, answer.code, answer.message, parts);
}

/** Looks among Stripe's refunds of the intent; what is there is applied. */
async function isMade(refund: Refund, intentId: string, parts: BillingParts): Promise<boolean> {
  const answer = await parts.call(async (stripe) => {
    const list = stripe.refunds.list({ payment_intent: intentId, limit: 100 });
    for await (const one of list) if (one.metadata?.[REFUND_METADATA] === refund.key) return one;
    return null as Stripe.Refund | null;
  });
  if (answer.kind !== 'ok') throw new StripeNotNow('Look for a refund', answer);
  if (answer.value) await applyRefund(answer.value, parts);
  return answer.value !== null;
}
