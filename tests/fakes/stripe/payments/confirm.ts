/** An attempt to pay: approved, declined, or stopped for the customer to authenticate. */
import type Stripe from 'stripe';
import type { Account } from '../account/account';
import { attach, rememberAuthentication, type CardBehaviour } from '../account/cards';
import { Problem } from '../wire/problem';
import { takeMoney } from './capture';
import { newCharge } from './charge';

export interface Attempt {
  readonly offSession: boolean;
  readonly returnUrl?: string;
  /** Overrules what the card would do. */
  readonly verdict?: CardBehaviour;
}

const MESSAGES: Readonly<Record<string, string>> = {
  card_declined: 'Your card was declined.',
  insufficient_funds: 'Your card has insufficient funds.',
  expired_card: 'Your card has expired.',
  incorrect_cvc: "Your card's security code is incorrect.",
  processing_error: 'An error occurred while processing your card. Try again in a little bit.',
  authentication_required: 'Your card was declined. This transaction requires authentication.',
};

/** @throws Problem 402 where the card says no; the intent inside tells what it is now. */
export function attempt(account: Account, intent: Stripe.PaymentIntent, method: Stripe.PaymentMethod, how: Attempt) {
  const behaviour = how.verdict ?? account.behaviours.get(method.id) ?? { kind: 'approve' };
  if (behaviour.kind === 'approve') return approve(account, intent, method);
  if (behaviour.kind === 'decline') throw refuse(account, intent, method, behaviour.code, behaviour.declineCode);
  if (how.offSession) throw refuse(account, intent, method, 'authentication_required', 'authentication_required');
  intent.payment_method = method.id;
  intent.status = 'requires_action';
  intent.next_action = {
    type: 'redirect_to_url',
    redirect_to_url: { return_url: how.returnUrl ?? null, url: `${account.url}/authenticate/${intent.id}` },
  };
  account.emit('payment_intent.requires_action', intent);
}

export function approve(account: Account, intent: Stripe.PaymentIntent, method: Stripe.PaymentMethod): void {
  const charge = newCharge(account, { intent, method });
  intent.payment_method = method.id;
  intent.latest_charge = charge.id;
  intent.last_payment_error = null;
  intent.next_action = null;
  if (intent.setup_future_usage) {
    rememberAuthentication(account, method.id);
    if (typeof intent.customer === 'string') attach(account, method, intent.customer);
  }
  if (intent.capture_method === 'manual') {
    intent.status = 'requires_capture';
    intent.amount_capturable = intent.amount;
    account.emit('charge.succeeded', charge);
    account.emit('payment_intent.amount_capturable_updated', intent);
    return;
  }
  takeMoney(account, intent, intent.amount, 'automatic');
  account.emit('charge.succeeded', charge);
  account.emit('payment_intent.succeeded', intent);
}

function refuse(
  account: Account,
  intent: Stripe.PaymentIntent,
  method: Stripe.PaymentMethod,
  code: string,
  declineCode: string | undefined,
): Problem {
  const message = MESSAGES[declineCode ?? code] ?? MESSAGES[code] ?? 'Your card was declined.';
  const failure = { code, message, ...(declineCode ? { declineCode } : {}) };
  const charge = newCharge(account, { intent, method, failure });
  const error = {
    type: 'card_error',
    code,
    ...(declineCode ? { decline_code: declineCode } : {}),
    message,
    charge: charge.id,
    payment_method: structuredClone(method),
  } as const;
  intent.status = 'requires_payment_method';
  intent.payment_method = null;
  intent.next_action = null;
  intent.latest_charge = charge.id;
  intent.last_payment_error = error;
  account.emit('charge.failed', charge);
  account.emit('payment_intent.payment_failed', intent);
  return new Problem(402, { ...error, payment_intent: structuredClone(intent) });
}
