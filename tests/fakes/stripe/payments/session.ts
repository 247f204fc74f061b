/** Checkout sessions, as they are when nobody has paid yet, and how they end. */
import type Stripe from 'stripe';
import type { Account } from '../account/account';
import { token } from '../account/ids';
import { asMetadata } from '../account/metadata';
import { invalid } from '../wire/problem';
import { newSetupIntent } from './setup';

type Params = Stripe.Checkout.SessionCreateParams;
const DAY = 86_400;

/** A session for parameters that were checked (`session-rules.ts`). */
export function newSession(account: Account, params: Params, lines: Stripe.LineItem[]): Stripe.Checkout.Session {
  const id = `cs_test_${token(40)}`;
  const created = account.time.seconds();
  const isHosted = (params.ui_mode ?? 'hosted_page') === 'hosted_page';
  const total = lines.reduce((sum, line) => sum + line.amount_total, 0);
  const isPayment = params.mode === 'payment';
  const setup = params.setup_intent_data;
  const setupMore = { metadata: asMetadata(setup?.metadata), description: setup?.description ?? null };
  account.sessionLines.set(id, lines);
  account.sessionPlans.set(id, params);
  const session: Stripe.Checkout.Session = {
    id,
    object: 'checkout.session',
    adaptive_pricing: null,
    after_expiration: null,
    allow_promotion_codes: null,
    allowed_payment_method_types: params.allowed_payment_method_types ?? null,
    amount_subtotal: isPayment ? total : null,
    amount_total: isPayment ? total : null,
    automatic_tax: { enabled: false, liability: null, provider: null, status: null },
    billing_address_collection: params.billing_address_collection ?? null,
    cancel_url: params.cancel_url ?? null,
    client_reference_id: params.client_reference_id ?? null,
    client_secret: isHosted ? null : `${id}_secret_${token(24)}`,
    collected_information: null,
    consent: null,
    consent_collection: null,
    created,
    currency: lines[0]?.currency ?? params.currency?.toLowerCase() ?? null,
    currency_conversion: null,
    custom_fields: [],
    custom_text: { after_submit: null, shipping_address: null, submit: null, terms_of_service_acceptance: null },
    customer: params.customer ?? null,
    customer_account: null,
    customer_creation: isPayment ? (params.customer_creation ?? 'if_required') : null,
    customer_details: null,
    customer_email: params.customer_email ?? null,
    discounts: [],
    expires_at: params.expires_at ?? created + DAY,
    integration_identifier: null,
    invoice: null,
    invoice_creation: null,
    livemode: false,
    locale: params.locale ?? null,
    managed_payments: null,
    metadata: asMetadata(params.metadata),
    mode: params.mode ?? 'payment',
    origin_context: null,
    payment_intent: null,
    payment_link: null,
    payment_method_collection: 'if_required',
    payment_method_configuration_details: null,
    payment_method_options: {},
    payment_method_types: ['card'],
    payment_status: isPayment && total > 0 ? 'unpaid' : 'no_payment_required',
    permissions: null,
    recovered_from: null,
    ...(isHosted ? {} : { redirect_on_completion: params.redirect_on_completion ?? 'always' }),
    ...(params.return_url === undefined ? {} : { return_url: params.return_url }),
    saved_payment_method_options: null,
    setup_intent: isPayment ? null : newSetupIntent(account, params.customer ?? null, setupMore).id,
    shipping_address_collection: null,
    shipping_cost: null,
    shipping_options: [],
    status: 'open',
    submit_type: params.submit_type ?? null,
    subscription: null,
    success_url: params.success_url ?? null,
    total_details: isPayment ? { amount_discount: 0, amount_shipping: 0, amount_tax: 0 } : null,
    ui_mode: params.ui_mode ?? 'hosted_page',
    url: isHosted ? `${account.url}/c/pay/${id}` : null,
    wallet_options: null,
  };
  return account.sessions.add(session);
}

/** @throws Problem 400 for a session that is not open. */
export function expire(account: Account, session: Stripe.Checkout.Session): void {
  if (session.status !== 'open') {
    throw invalid(`Only Checkout Sessions with a status in ["open"] can be expired. This one is ${session.status}.`);
  }
  session.status = 'expired';
  session.url = null;
  account.emit('checkout.session.expired', session);
}
