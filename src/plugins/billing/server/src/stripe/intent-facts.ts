import type Stripe from 'stripe';

/** What Larder keeps of an intent: ids, brand and last four, never a card number. */
export interface IntentFacts {
  readonly paymentIntentId: string;
  readonly chargeId: string | null;
  readonly stripeCustomerId: string | null;
  readonly paymentMethodId: string | null;
  readonly cardBrand: string | null;
  readonly cardLast4: string | null;
  /** Until when a hold can be captured. */
  readonly captureBefore: Date | null;
}

/** Reads an intent; `latest_charge` should be expanded. */
export function factsOf(intent: Stripe.PaymentIntent): IntentFacts {
  const charge = typeof intent.latest_charge === 'object' ? intent.latest_charge : null;
  const card = charge?.payment_method_details?.card ?? null;
  return {
    paymentIntentId: intent.id,
    chargeId: charge?.id ?? (typeof intent.latest_charge === 'string' ? intent.latest_charge : null),
    stripeCustomerId: idOf(intent.customer),
    paymentMethodId: idOf(intent.payment_method),
    cardBrand: card?.brand ?? null,
    cardLast4: card?.last4 ?? null,
    captureBefore: card?.capture_before ? new Date(card.capture_before * 1000) : null,
  };
}

/** The id of what may be expanded. */
export function idOf(given: string | { readonly id: string } | null | undefined): string | null {
  return typeof given === 'string' ? given : (given?.id ?? null);
}
