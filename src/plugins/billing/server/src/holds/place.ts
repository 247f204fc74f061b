/** A new hold on a saved card: asked for once, whatever becomes of the answers. */
import type Stripe from 'stripe';
import { moneyMessage } from '../../../../../shared/money-messages';
import type { Answer, Declined, NotNow } from '../core/answer';
import type { Payment } from '../core/payment';
import type { BillingParts } from '../core/parts';
import type { Operation } from '../core/keys';
import { burnKey, takeTicket } from '../store/stripe-calls';
import { findIntentOf, PAYMENT_METADATA } from '../stripe/find-intent';

export interface PlaceOrder {
  readonly payment: Payment;
  /** In minor units. */
  readonly amount: number;
  readonly paymentMethodId: string;
  readonly stripeCustomerId: string | null;
  /** `hold` before the door; `charge` for what was sold on trust. */
  readonly operation: Extract<Operation, 'hold' | 'charge'>;
}

export type Placed = { readonly kind: 'placed'; readonly intent: Stripe.PaymentIntent } | Declined | NotNow;

/** How often the call is made in one go, and how long a busy Stripe is given in between, in milliseconds. */
const TRIES = 3;
const BUSY_MS = 250;

/**
 * Makes and confirms an intent for later capture. After an answer that says nothing Stripe's list is looked at first; the
 * call is repeated under the same key, or under the next one where Stripe keeps a failure under the old one.
 */
export async function placeHold(order: PlaceOrder, parts: BillingParts): Promise<Placed> {
  let last: NotNow = { kind: 'unavailable', message: 'Stripe was not asked.' };
  for (let attempt = 0; attempt < TRIES; attempt += 1) {
    const ticket = await takeTicket(parts.database, order.payment.key, order.operation);
    if (ticket.isRepeated) {
      const found = await findIntentOf(order.payment, order.stripeCustomerId, parts.call);
      if (found.kind !== 'ok') return asNotNow(found);
      if (found.value) return outcomeOf(found.value);
    }
    const answer = await parts.call((stripe) =>
      stripe.paymentIntents.create(intentOf(order), { idempotencyKey: ticket.key }),
    );
    switch (answer.kind) {
      case 'ok':
        return outcomeOf(answer.value);
      case 'declined':
        return answer;
      case 'invalid':
        // A card that is not there or not theirs: to the customer that is a card which cannot be used.
        return { kind: 'declined', code: 'payment_method_unusable', message: answer.message, intent: null };
      case 'unavailable':
        return answer;
      case 'unclear':
        if (answer.isKept) await burnKey(parts.database, ticket);
        last = answer;
        break;
      case 'busy':
        last = answer;
        await new Promise((resolve) => setTimeout(resolve, BUSY_MS));
        break;
    }
  }
  return last;
}

function intentOf({
  payment,
  amount,
  paymentMethodId,
  stripeCustomerId,
}: PlaceOrder): Stripe.PaymentIntentCreateParams {
  return {
    amount,
    currency: payment.currency.toLowerCase(),
    capture_method: 'manual',
    confirm: true,
    off_session: true,
    payment_method: paymentMethodId,
    allowed_payment_method_types: ['card'],
    ...(stripeCustomerId !== null && { customer: stripeCustomerId }),
    description: payment.purpose === 'subscription' ? 'Subscription' : 'Purchase at a fridge',
    metadata: { [PAYMENT_METADATA]: payment.key, larder_transaction: payment.transaction?.documentId ?? '' },
    expand: ['latest_charge'],
  };
}

function outcomeOf(intent: Stripe.PaymentIntent): Placed {
  if (intent.status === 'requires_capture') return { kind: 'placed', intent };
  const error = intent.last_payment_error;
  const needsCustomer = intent.status === 'requires_action' || error?.code === 'authentication_required';
  return {
    kind: 'declined',
    code: needsCustomer ? 'authentication_required' : (error?.decline_code ?? error?.code ?? intent.status),
    message: error?.message ?? moneyMessage('card_declined'),
    intent,
  };
}

function asNotNow(answer: Exclude<Answer<unknown>, { kind: 'ok' }>): NotNow {
  if (answer.kind === 'declined' || answer.kind === 'invalid') {
    return { kind: 'unclear', isKept: false, message: answer.message };
  }
  return answer;
}
