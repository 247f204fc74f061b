/** An intent that the front end had authorised itself: looked at before a door depends on it. */
import type Stripe from 'stripe';
import { moneyMessage } from '../../../../../shared/money-messages';
import type { NotNow } from '../core/answer';
import type { BillingParts } from '../core/parts';
import { idOf } from '../stripe/intent-facts';

export interface TakeOverOrder {
  readonly paymentIntentId: string;
  /** What the front end says is held, in minor units. */
  readonly amount: number;
  readonly currency: string;
  readonly stripeCustomerId: string | null;
}

export type TakenOver =
  | { readonly kind: 'placed'; readonly intent: Stripe.PaymentIntent }
  | { readonly kind: 'unfit'; readonly code: UnfitCode; readonly message: string }
  | NotNow;

export type UnfitCode =
  | 'payment_intent_unknown'
  | 'payment_intent_not_authorized'
  | 'payment_intent_amount'
  | 'payment_intent_currency'
  | 'payment_intent_customer';

export async function takeOverHold(order: TakeOverOrder, { call }: Pick<BillingParts, 'call'>): Promise<TakenOver> {
  const answer = await call((stripe) =>
    stripe.paymentIntents.retrieve(order.paymentIntentId, { expand: ['latest_charge'] }),
  );
  if (answer.kind === 'invalid') return unfit('payment_intent_unknown', moneyMessage('intent_unknown'));
  if (answer.kind === 'declined') return { kind: 'unclear', isKept: false, message: answer.message };
  if (answer.kind !== 'ok') return answer;

  const intent = answer.value;
  const customer = idOf(intent.customer);
  if (intent.status !== 'requires_capture' || intent.capture_method !== 'manual') {
    return unfit('payment_intent_not_authorized', moneyMessage('intent_not_authorized', { status: intent.status }));
  }
  if (intent.currency.toUpperCase() !== order.currency) {
    return unfit(
      'payment_intent_currency',
      moneyMessage('intent_currency', { currency: intent.currency.toUpperCase() }),
    );
  }
  if (intent.amount_capturable < order.amount) {
    return unfit('payment_intent_amount', moneyMessage('intent_amount'));
  }
  if (customer !== null && order.stripeCustomerId !== null && customer !== order.stripeCustomerId) {
    return unfit('payment_intent_customer', moneyMessage('intent_customer'));
  }
  return { kind: 'placed', intent };
}

function unfit(code: UnfitCode, message: string): TakenOver {
  return { kind: 'unfit', code, message };
}
