import type Stripe from 'stripe';
import type { Answer } from '../core/answer';
import type { Payment } from '../core/payment';
import type { StripeCall } from './call';

/** By this name an intent says which payment it is of. */
export const PAYMENT_METADATA = 'larder_payment';

/** Clocks differ: an intent may be from a little before our own row, says Stripe. Seconds. */
const CLOCK_SLACK = 600;

/**
 * The intent that was made for a payment whose answer got lost. Stripe's lists are consistent, unlike its search.
 * @returns null where there is none.
 */
export async function findIntentOf(
  payment: Payment,
  stripeCustomerId: string | null,
  call: StripeCall,
): Promise<Answer<Stripe.PaymentIntent | null>> {
  const from = Math.floor(payment.createdAt.getTime() / 1000) - CLOCK_SLACK;
  return call(async (stripe) => {
    const list = stripe.paymentIntents.list({
      created: { gte: from },
      limit: 100,
      expand: ['data.latest_charge'],
      ...(stripeCustomerId !== null && { customer: stripeCustomerId }),
    });
    for await (const intent of list) {
      if (intent.metadata[PAYMENT_METADATA] === payment.key && !isPast(intent, payment)) return intent;
    }
    return null;
  });
}

/** A person may have a payment charged anew whose hold lapsed: then the cancelled one is no answer any more. */
function isPast(intent: Stripe.PaymentIntent, payment: Payment): boolean {
  return payment.state === 'capturing' && intent.status === 'canceled';
}
