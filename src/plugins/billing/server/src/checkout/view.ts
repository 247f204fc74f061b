import type Stripe from 'stripe';
import { isEnded, type Checkout, type CheckoutLine, type CheckoutMode, type CheckoutState } from '../core/checkout';
import type { Front } from '../core/front';
import { pageLink } from '../pages/links';

/** A checkout as the front end sees it: every key is always there. */
export interface CheckoutView {
  readonly id: string;
  readonly mode: CheckoutMode;
  readonly state: CheckoutState;
  readonly amount: number;
  readonly currency: string;
  readonly lines: readonly CheckoutLine[];
  /** For Stripe's embedded form; null where there is none to be shown. Comes from Stripe and is kept nowhere. */
  readonly clientSecret: string | null;
  readonly publishableKey: string;
  /** Stripe's own page, for `hosted`. */
  readonly url: string | null;
  /** Larder's page with the form on it, for `embedded`. */
  readonly pageUrl: string | null;
  readonly expiresAt: string | null;
}

/** @param session null where Stripe could not be asked. */
export function viewOf(checkout: Checkout, session: Stripe.Checkout.Session | null, front: Front): CheckoutView {
  const isOpen = !isEnded(checkout.state) && checkout.state !== 'pending';
  const form = isOpen && session?.status === 'open' ? session : null;
  return {
    id: checkout.documentId,
    mode: checkout.mode,
    state: checkout.state,
    amount: checkout.amount,
    currency: checkout.currency,
    lines: checkout.lines,
    clientSecret: form?.client_secret ?? null,
    publishableKey: front.publishableKey,
    url: form?.url ?? null,
    pageUrl: isOpen && checkout.ui === 'embedded' ? pageLink('checkout', checkout.documentId, front) : null,
    expiresAt: checkout.expiresAt?.toISOString() ?? null,
  };
}
