import type Stripe from 'stripe';
import { StripeNotNow } from '../core/answer';
import { isEnded, type Checkout } from '../core/checkout';
import type { BillingParts } from '../core/parts';
import { fetchSession } from '../stripe/find-session';
import { applySession } from './apply-session';

export interface Refreshed {
  readonly checkout: Checkout;
  /** As it is at Stripe; null for a checkout that has ended, and where Stripe could not be asked. */
  readonly session: Stripe.Checkout.Session | null;
}

/** Brings a checkout up to date with Stripe. With Stripe away it is answered as it is known. */
export async function refreshCheckout(checkout: Checkout, parts: BillingParts): Promise<Refreshed> {
  const asKnown = { checkout, session: null };
  if (isEnded(checkout.state) || checkout.stripeSessionId === null) return asKnown;
  const answer = await fetchSession(checkout.stripeSessionId, parts.call);
  if (answer.kind !== 'ok') {
    parts.log.warn(`Checkout ${checkout.documentId} could not be looked at: ${answer.message}`);
    return asKnown;
  }
  try {
    return { checkout: (await applySession(answer.value, parts)) ?? checkout, session: answer.value };
  } catch (error) {
    if (error instanceof StripeNotNow) return asKnown;
    throw error;
  }
}
