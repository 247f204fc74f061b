import type Stripe from 'stripe';
import type { Answer } from '../core/answer';
import type { StripeCall } from './call';

/** By this name sessions and intents say which checkout they are of. */
export const CHECKOUT_METADATA = 'larder_checkout';

/** What has to be in a session to know what became of it. */
export const SESSION_EXPAND = ['payment_intent.latest_charge.balance_transaction', 'setup_intent.payment_method'];

/** The session that was made for a checkout when nobody heard the answer; null where there is none. */
export function findSessionOf(
  checkoutId: string,
  stripeCustomerId: string,
  call: StripeCall,
): Promise<Answer<Stripe.Checkout.Session | null>> {
  return call(async (stripe) => {
    for await (const session of stripe.checkout.sessions.list({ customer: stripeCustomerId, limit: 100 })) {
      if (session.metadata?.[CHECKOUT_METADATA] === checkoutId) return session;
    }
    return null;
  });
}

/** A session as it is now, with all that {@link SESSION_EXPAND} names. */
export function fetchSession(id: string, call: StripeCall): Promise<Answer<Stripe.Checkout.Session>> {
  return call((stripe) => stripe.checkout.sessions.retrieve(id, { expand: SESSION_EXPAND }));
}
