/** Charges what was taken, once: up to the hold, or anew where the purchase was let through on trust. */
import type Stripe from 'stripe';
import { moneyMessage } from '../../../../../shared/money-messages';
import { StripeNotNow } from '../core/answer';
import type { BillingParts } from '../core/parts';
import type { Payment } from '../core/payment';
import { placeHold } from '../holds/place';
import { adoptIntent } from '../store/adopt-intent';
import { cardOf } from '../store/card-of';
import { burnKey, takeTicket } from '../store/stripe-calls';
import { findIntentOf } from '../stripe/find-intent';
import { recordCaptured, recordContradiction, recordUnpaid } from './outcomes';

const EXPAND = ['latest_charge.balance_transaction'];

/** @throws {StripeNotNow} when Stripe cannot say now: the job is tried again. */
export async function capture(payment: Payment, parts: BillingParts): Promise<void> {
  if (payment.paymentIntentId === null) return chargeAnew(payment, parts);
  return captureHold(payment, payment.paymentIntentId, parts);
}

async function captureHold(payment: Payment, intentId: string, parts: BillingParts): Promise<void> {
  const ticket = await takeTicket(parts.database, payment.key, 'capture');
  if (ticket.isRepeated && (await isSettledAtStripe(payment, intentId, parts))) return;
  const amount = Math.min(payment.captureAmount ?? 0, payment.authorizedAmount);
  const answer = await parts.call((stripe) =>
    stripe.paymentIntents.capture(
      intentId,
      { amount_to_capture: amount, expand: EXPAND },
      { idempotencyKey: ticket.key },
    ),
  );
  if (answer.kind === 'ok' && answer.value.status === 'succeeded') {
    await recordCaptured(payment, answer.value, parts);
    return;
  }
  if (answer.kind === 'unclear' && answer.isKept) await burnKey(parts.database, ticket);
  // Whatever else it was: the intent itself says what is true.
  const isKnown = answer.kind === 'busy' || answer.kind === 'unavailable';
  if (!isKnown && (await isSettledAtStripe(payment, intentId, parts))) return;
  throw answer.kind === 'ok'
    ? new Error(`The intent ${intentId} is ${answer.value.status} after its capture.`)
    : new StripeNotNow('Capture', answer);
}

/** Looks at the intent. True where that ends the matter: it was captured, or can be captured no more. */
async function isSettledAtStripe(payment: Payment, intentId: string, parts: BillingParts): Promise<boolean> {
  const answer = await parts.call((stripe) => stripe.paymentIntents.retrieve(intentId, { expand: EXPAND }));
  if (answer.kind !== 'ok') throw new StripeNotNow('Look before capture', answer);
  return settleBy(payment, answer.value, parts);
}

/** What an intent says about a payment that is to be captured. */
export async function settleBy(payment: Payment, intent: Stripe.PaymentIntent, parts: BillingParts): Promise<boolean> {
  if (intent.status === 'succeeded') {
    await recordCaptured(payment, intent, parts);
    return true;
  }
  if (intent.status === 'canceled') {
    const why = intent.cancellation_reason === 'automatic' ? 'hold_lapsed' : 'hold_cancelled';
    await recordContradiction(payment, moneyMessage(why), parts);
    return true;
  }
  return false;
}

/** No hold stands, or none is known of. One that was made when nobody heard Stripe's answer is used first. */
async function chargeAnew(payment: Payment, parts: BillingParts): Promise<void> {
  const card = await cardOf(parts.database, payment.id);
  const found = await findIntentOf(payment, card.stripeCustomerId, parts.call);
  if (found.kind !== 'ok') throw new StripeNotNow('Look for a hold', found);
  if (found.value?.status === 'requires_capture' || found.value?.status === 'succeeded') {
    return capture(await adoptIntent(parts.database, payment, found.value), parts);
  }
  if (card.paymentMethodId === null)
    return recordUnpaid(payment, 'payment_method_missing', moneyMessage('card_missing'), parts);
  const placed = await placeHold(
    {
      payment,
      amount: payment.captureAmount ?? 0,
      paymentMethodId: card.paymentMethodId,
      stripeCustomerId: card.stripeCustomerId,
      operation: 'charge',
    },
    parts,
  );
  if (placed.kind === 'declined') return recordUnpaid(payment, placed.code, placed.message, parts);
  if (placed.kind !== 'placed') throw new StripeNotNow('Charge', placed);
  return capture(await adoptIntent(parts.database, payment, placed.intent), parts);
}
