/** Objects by id, or Stripe's 404. */
import type Stripe from 'stripe';
import type { Account } from '../account/account';
import { methodOf } from '../account/cards';
import { missing } from '../wire/problem';

export function intentOf(account: Account, id: string, param = 'intent'): Stripe.PaymentIntent {
  const intent = account.intents.get(id);
  if (!intent) throw missing('payment_intent', id, param);
  return intent;
}

export function chargeOf(account: Account, id: string): Stripe.Charge {
  const charge = account.charges.get(id);
  if (!charge) throw missing('charge', id);
  return charge;
}

/** The charge that holds or took an intent's money. */
export function latestCharge(account: Account, intent: Stripe.PaymentIntent): Stripe.Charge {
  return chargeOf(account, String(intent.latest_charge));
}

export function customerOf(account: Account, id: string, param = 'customer'): Stripe.Customer {
  const customer = account.customers.get(id);
  if (!customer) throw missing('customer', id, param);
  return customer;
}

export function cardOf(account: Account, id: string, param = 'payment_method'): Stripe.PaymentMethod {
  const method = methodOf(account, id);
  if (!method) throw missing('PaymentMethod', id, param);
  return method;
}

export function sessionOf(account: Account, id: string): Stripe.Checkout.Session {
  const session = account.sessions.get(id);
  if (!session) throw missing('checkout.session', id, 'session');
  return session;
}
