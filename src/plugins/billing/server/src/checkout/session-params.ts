import type Stripe from 'stripe';
import type { Checkout } from '../core/checkout';
import type { Front } from '../core/front';
import { pageLink } from '../pages/links';
import { CHECKOUT_METADATA } from '../stripe/find-session';

/**
 * What Stripe is asked for. The same checkout always gives the same parameters: an idempotency key demands it.
 * https://docs.stripe.com/api/checkout/sessions/create, as of 2026.
 */
export function sessionParams(
  checkout: Checkout,
  stripeCustomerId: string,
  front: Front,
): Stripe.Checkout.SessionCreateParams {
  const metadata = { [CHECKOUT_METADATA]: checkout.documentId };
  const back = checkout.returnUrl ?? pageLink('return', checkout.documentId, front);
  return {
    mode: checkout.mode,
    customer: stripeCustomerId,
    client_reference_id: checkout.documentId,
    metadata,
    ...(checkout.ui === 'embedded'
      ? { ui_mode: 'embedded_page', return_url: back }
      : { ui_mode: 'hosted_page', success_url: back, cancel_url: back }),
    ...(checkout.mode === 'payment'
      ? { payment_intent_data: { metadata }, line_items: lineItems(checkout) }
      : {
          // A card alone can be charged at a fridge while its owner is not there.
          allowed_payment_method_types: ['card'],
          currency: checkout.currency.toLowerCase(),
          setup_intent_data: { metadata },
        }),
  };
}

function lineItems({ lines, currency }: Checkout): Stripe.Checkout.SessionCreateParams.LineItem[] {
  return lines.map(({ name, quantity, unitAmount }) => ({
    quantity,
    price_data: { currency: currency.toLowerCase(), unit_amount: unitAmount, product_data: { name } },
  }));
}
