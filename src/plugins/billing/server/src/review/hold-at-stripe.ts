import type Stripe from 'stripe';
import type { Answer } from '../core/answer';
import type { BillingParts } from '../core/parts';
import type { Payment } from '../core/payment';
import { burnKey, takeTicket } from '../store/stripe-calls';

/** What has become of the hold of a payment in review, says Stripe. */
export type HoldAtStripe =
  | { readonly kind: 'gone' }
  | { readonly kind: 'stands' }
  | { readonly kind: 'charged'; readonly intent: Stripe.PaymentIntent }
  | { readonly kind: 'unknown' };

/** @param mustEnd a hold that still stands is given back first. */
export async function lookAtHold(payment: Payment, mustEnd: boolean, parts: BillingParts): Promise<HoldAtStripe> {
  const { paymentIntentId } = payment;
  if (paymentIntentId === null) return { kind: 'gone' };
  const expand = ['latest_charge.balance_transaction'];
  const look = () => parts.call((stripe) => stripe.paymentIntents.retrieve(paymentIntentId, { expand }));
  const hold = holdOf(await look());
  if (hold.kind !== 'stands' || !mustEnd) return hold;
  const ticket = await takeTicket(parts.database, payment.key, 'release');
  const answer = await parts.call((stripe) =>
    stripe.paymentIntents.cancel(paymentIntentId, {}, { idempotencyKey: ticket.key }),
  );
  if (answer.kind === 'unclear' && answer.isKept) await burnKey(parts.database, ticket);
  const after = holdOf(await look());
  return after.kind === 'stands' ? { kind: 'unknown' } : after;
}

function holdOf(answer: Answer<Stripe.PaymentIntent>): HoldAtStripe {
  // Stripe does not know the intent: there is no hold either.
  if (answer.kind === 'invalid') return { kind: 'gone' };
  if (answer.kind !== 'ok') return { kind: 'unknown' };
  if (answer.value.status === 'succeeded') return { kind: 'charged', intent: answer.value };
  return answer.value.status === 'requires_capture' ? { kind: 'stands' } : { kind: 'gone' };
}
