import type Stripe from 'stripe';
import type { CheckoutState } from '../core/checkout';

/** What a session, with its intent expanded, says about its checkout. */
export function stateOf(session: Stripe.Checkout.Session): Exclude<CheckoutState, 'requested'> {
  const intent = expanded(session.payment_intent);
  const setup = expanded(session.setup_intent);
  if (session.status === 'expired') return 'expired';
  if (session.status !== 'complete') {
    const hasFailed = (intent?.last_payment_error ?? setup?.last_setup_error ?? null) !== null;
    return hasFailed ? 'declined' : 'open';
  }
  if (session.payment_status !== 'unpaid') return 'complete';
  // Some payments take days, and then fail: https://docs.stripe.com/payments/checkout/fulfill-orders
  const hasFailed = intent?.status === 'requires_payment_method' || intent?.status === 'canceled';
  return hasFailed ? 'declined' : 'pending';
}

/** An object where Stripe sent it, null where it sent only its id or nothing. */
export function expanded<Value extends object>(given: string | Value | null | undefined): Value | null {
  return typeof given === 'object' ? given : null;
}

/** Whether all that {@link stateOf} looks at is there: what a webhook carries has only ids in it. */
export function isWhole(session: Stripe.Checkout.Session): boolean {
  return typeof session.payment_intent !== 'string' && typeof session.setup_intent !== 'string';
}
