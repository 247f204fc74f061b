/** Letting go of an intent, and of the money it holds. */
import type Stripe from 'stripe';
import type { Account } from '../account/account';
import { unexpectedState } from './capture';
import { latestCharge } from './lookup';

const CANCELABLE = ['requires_payment_method', 'requires_capture', 'requires_confirmation', 'requires_action'];

/** @throws Problem 400 `payment_intent_unexpected_state` for what is captured or canceled already. */
export function cancel(
  account: Account,
  intent: Stripe.PaymentIntent,
  reason: Stripe.PaymentIntent.CancellationReason | null,
): void {
  if (!CANCELABLE.includes(intent.status)) throw unexpectedState(intent, 'canceled', CANCELABLE);
  const isHeld = intent.status === 'requires_capture';
  intent.status = 'canceled';
  intent.canceled_at = account.time.seconds();
  intent.cancellation_reason = reason;
  intent.amount_capturable = 0;
  intent.next_action = null;
  if (isHeld) {
    const charge = latestCharge(account, intent);
    charge.refunded = true;
    charge.amount_refunded = charge.amount;
    account.emit(reason === 'automatic' ? 'charge.expired' : 'charge.refunded', charge);
  }
  account.emit('payment_intent.canceled', intent);
}
