/** Taking held money. */
import type Stripe from 'stripe';
import type { Account, Capture } from '../account/account';
import { invalid, type Problem } from '../wire/problem';
import { feeOf, moveMoney } from './balance';
import { latestCharge } from './lookup';

/** @throws Problem 400 where there is nothing to capture, or less than was asked for. */
export function capture(account: Account, intent: Stripe.PaymentIntent, amount: number, by: Capture['by']): void {
  if (intent.status !== 'requires_capture') throw unexpectedState(intent, 'captured', ['requires_capture']);
  if (amount > intent.amount_capturable) {
    throw invalid('The amount to capture is greater than the amount capturable.', {
      code: 'amount_too_large',
      param: 'amount_to_capture',
    });
  }
  if (amount < 1) throw invalid('Invalid positive integer', { param: 'amount_to_capture' });
  takeMoney(account, intent, amount, by);
  account.emit('charge.captured', latestCharge(account, intent));
  account.emit('payment_intent.succeeded', intent);
  const session = account.sessions.all().find(({ payment_intent: id }) => id === intent.id);
  if (session) session.payment_status = 'paid';
}

/** What an approved or captured intent does to charge, balance and books. */
export function takeMoney(account: Account, intent: Stripe.PaymentIntent, amount: number, by: Capture['by']): void {
  const charge = latestCharge(account, intent);
  charge.captured = true;
  charge.amount_captured = amount;
  // Stripe shows what a partial capture lets go of as refunded.
  charge.amount_refunded = charge.amount - amount;
  intent.status = 'succeeded';
  intent.amount_capturable = 0;
  intent.amount_received = amount;
  const { id: source, currency, description } = charge;
  const movement = { type: 'charge', category: 'charge', amount, fee: feeOf(amount) } as const;
  charge.balance_transaction = moveMoney(account, { ...movement, currency, source, description }).id;
  account.captures.push({
    paymentIntent: intent.id,
    charge: charge.id,
    amount,
    currency,
    by,
    idempotencyKey: account.cause?.idempotencyKey ?? null,
    at: account.time.now(),
  });
}

export function unexpectedState(intent: Stripe.PaymentIntent, done: string, allowed: readonly string[]): Problem {
  return invalid(
    `This PaymentIntent could not be ${done} because it has a status of ${intent.status}. ` +
      `Only a PaymentIntent with one of the following statuses may be ${done}: ${allowed.join(', ')}.`,
    { code: 'payment_intent_unexpected_state', payment_intent: structuredClone(intent) },
  );
}
