/** The customer at the Checkout form. */
import type Stripe from 'stripe';
import { asMetadata } from '../account/metadata';
import type { Account } from '../account/account';
import { newCustomer } from './customer';
import { attempt, type Attempt } from './confirm';
import { newIntent } from './intent';
import { cardOf, intentOf } from './lookup';
import { decline, succeed } from './setup';
import { invalid, Problem } from '../wire/problem';

export type SessionOutcome =
  | { readonly kind: 'complete' }
  /** The card said no; the session stays open for another. */
  | { readonly kind: 'declined'; readonly code: string; readonly message: string };

/**
 * Pays an open session of mode `payment`, or saves a card in one of mode `setup`. The customer goes through
 * authentication where the card asks for it. @throws Problem 400 for a session that is not open.
 */
export function paySession(
  account: Account,
  session: Stripe.Checkout.Session,
  methodId: string,
  verdict?: Attempt['verdict'],
): SessionOutcome {
  if (session.status !== 'open') throw invalid(`This Checkout Session is ${session.status}, no longer open.`);
  const method = cardOf(account, methodId);
  const known = account.behaviours.get(method.id);
  const behaviour = verdict ?? (known?.kind === 'authenticate' ? { kind: 'approve' as const } : known);
  if (session.mode === 'setup') {
    const setup = account.setups.get(String(session.setup_intent))!;
    if (behaviour?.kind === 'decline') {
      decline(account, setup, method, behaviour.code);
      return { kind: 'declined', code: behaviour.code, message: 'Your card was declined.' };
    }
    succeed(account, setup, method);
  } else {
    const refused = payIntent(account, session, method, behaviour);
    if (refused) return refused;
  }
  session.status = 'complete';
  session.url = null;
  session.customer_details = detailsOf(account, session);
  account.emit('checkout.session.completed', session);
  return { kind: 'complete' };
}

function payIntent(
  account: Account,
  session: Stripe.Checkout.Session,
  method: Stripe.PaymentMethod,
  verdict: Attempt['verdict'],
): SessionOutcome | undefined {
  const intent = intentFor(account, session);
  try {
    attempt(account, intent, method, { offSession: false, ...(verdict ? { verdict } : {}) });
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    return { kind: 'declined', code: error.details.code ?? 'card_declined', message: error.message };
  }
  // Held money is not paid yet.
  session.payment_status = intent.status === 'succeeded' ? 'paid' : 'unpaid';
  return undefined;
}

/** The intent of a session is made with the first attempt, and used again by the next. */
function intentFor(account: Account, session: Stripe.Checkout.Session): Stripe.PaymentIntent {
  if (typeof session.payment_intent === 'string') return intentOf(account, session.payment_intent);
  const data = account.sessionPlans.get(session.id)?.payment_intent_data;
  if (session.customer_creation === 'always' && session.customer === null) {
    session.customer = newCustomer(account, { email: session.customer_email ?? 'customer@example.com' }).id;
  }
  const intent = newIntent(account, {
    amount: session.amount_total ?? 0,
    currency: session.currency ?? 'eur',
    customer: typeof session.customer === 'string' ? session.customer : null,
    description: data?.description ?? null,
    metadata: asMetadata(data?.metadata),
    receiptEmail: data?.receipt_email ?? null,
    setupFutureUsage: data?.setup_future_usage ?? null,
    statementDescriptorSuffix: data?.statement_descriptor_suffix ?? null,
    ...(data?.capture_method ? { captureMethod: data.capture_method } : {}),
  });
  session.payment_intent = intent.id;
  return intent;
}

function detailsOf(account: Account, session: Stripe.Checkout.Session): Stripe.Checkout.Session.CustomerDetails {
  const customer = typeof session.customer === 'string' ? account.customers.get(session.customer) : undefined;
  return {
    address: null,
    business_name: null,
    email: customer?.email ?? session.customer_email ?? 'customer@example.com',
    individual_name: null,
    name: customer?.name ?? null,
    phone: customer?.phone ?? null,
    tax_exempt: 'none',
    tax_ids: [],
  };
}
