/** Gives a hold back: nothing was taken, or the door never opened. */
import { moneyMessage } from '../../../../../shared/money-messages';
import { StripeNotNow } from '../core/answer';
import type { BillingParts } from '../core/parts';
import type { Payment } from '../core/payment';
import { adoptIntent } from '../store/adopt-intent';
import { cardOf } from '../store/card-of';
import { burnKey, takeTicket } from '../store/stripe-calls';
import { findIntentOf } from '../stripe/find-intent';
import { recordContradiction, recordReleased } from './outcomes';

/** A call for a hold that nobody heard the answer of may still take effect for so long, in milliseconds. */
const IN_FLIGHT_MS = 120_000;

/** @throws {StripeNotNow} when Stripe cannot say now: the job is tried again. */
export async function release(payment: Payment, parts: BillingParts): Promise<void> {
  if (payment.paymentIntentId !== null) return cancel(payment, payment.paymentIntentId, parts);
  const { stripeCustomerId } = await cardOf(parts.database, payment.id);
  const found = await findIntentOf(payment, stripeCustomerId, parts.call);
  if (found.kind !== 'ok') throw new StripeNotNow('Look for a hold', found);
  if (found.value) {
    const adopted = await adoptIntent(parts.database, payment, found.value);
    return cancel(adopted, found.value.id, parts);
  }
  if (Date.now() - payment.createdAt.getTime() < IN_FLIGHT_MS && (await wasAsked(payment, parts))) {
    throw new StripeNotNow('Release', { kind: 'unclear', isKept: false, message: 'a hold may still come to be' });
  }
  return recordReleased(payment, parts);
}

async function cancel(payment: Payment, intentId: string, parts: BillingParts): Promise<void> {
  const ticket = await takeTicket(parts.database, payment.key, 'release');
  const answer = await parts.call((stripe) =>
    stripe.paymentIntents.cancel(intentId, {}, { idempotencyKey: ticket.key }),
  );
  if (answer.kind === 'ok') return recordReleased(payment, parts);
  if (answer.kind === 'busy' || answer.kind === 'unavailable') throw new StripeNotNow('Release', answer);
  if (answer.kind === 'unclear' && answer.isKept) await burnKey(parts.database, ticket);

  const intent = await parts.call((stripe) => stripe.paymentIntents.retrieve(intentId));
  if (intent.kind !== 'ok') throw new StripeNotNow('Look after release', intent);
  if (intent.value.status === 'canceled') return recordReleased(payment, parts);
  if (intent.value.status === 'succeeded') {
    return recordContradiction(payment, moneyMessage('charged_undue'), parts);
  }
  throw new StripeNotNow('Release', answer);
}

/** Whether Stripe was asked for a hold at all. Our clock decides nothing here but how soon to look again. */
async function wasAsked(payment: Payment, { database }: BillingParts): Promise<boolean> {
  const rows = await database.rows(
    {
      name: 'billing.was-asked',
      text: `select from larder.stripe_calls where subject = $1 and operation in ('hold', 'charge')`,
    },
    [payment.key],
  );
  return rows.length > 0;
}
