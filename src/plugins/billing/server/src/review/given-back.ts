import { StripeNotNow } from '../core/answer';
import type { BillingParts } from '../core/parts';
import { recordCaptured } from '../settle/outcomes';
import { findPaymentByIntent } from '../store/payments';
import { lookAtHold } from './hold-at-stripe';

/**
 * A payment in review whose charge is given back at Stripe: somebody has decided there. The charge is booked, so that the
 * refund can be.
 * @throws {StripeNotNow} when Stripe cannot say now: the job is tried again.
 */
export async function bookGivenBack(intentId: string, parts: BillingParts): Promise<void> {
  const payment = await findPaymentByIntent(parts.database, intentId);
  if (payment?.state !== 'review') return;
  const hold = await lookAtHold(payment, false, parts);
  if (hold.kind === 'unknown') {
    throw new StripeNotNow('Look at what was given back', { kind: 'unclear', isKept: false, message: 'no answer' });
  }
  if (hold.kind === 'charged') await recordCaptured(payment, hold.intent, parts);
}
