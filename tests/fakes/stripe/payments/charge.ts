/** Charges: one for each attempt of an intent, also of those that were declined. */
import type Stripe from 'stripe';
import type { Account } from '../account/account';
import { newId, token } from '../account/ids';

/** How long a hold lasts. Most cards give seven days: https://docs.stripe.com/payments/place-a-hold-on-a-payment-method */
export const HOLD_SECONDS = 7 * 86_400;

interface Attempt {
  readonly intent: Stripe.PaymentIntent;
  readonly method: Stripe.PaymentMethod;
  readonly failure?: { readonly code: string; readonly message: string; readonly declineCode?: string };
}

export function newCharge(account: Account, { intent, method, failure }: Attempt): Stripe.Charge {
  const id = newId('ch');
  const created = account.time.seconds();
  return account.charges.add({
    id,
    object: 'charge',
    amount: intent.amount,
    amount_captured: 0,
    amount_refunded: 0,
    application: null,
    application_fee: null,
    application_fee_amount: null,
    balance_transaction: null,
    billing_details: { address: null, email: null, name: null, phone: null, tax_id: null },
    calculated_statement_descriptor: 'LARDER',
    captured: false,
    created,
    currency: intent.currency,
    customer: intent.customer,
    description: intent.description,
    disputed: false,
    failure_balance_transaction: null,
    failure_code: failure?.code ?? null,
    failure_message: failure?.message ?? null,
    fraud_details: {},
    livemode: false,
    metadata: { ...intent.metadata },
    on_behalf_of: null,
    outcome: outcome(failure?.declineCode ?? failure?.code),
    paid: !failure,
    payment_intent: intent.id,
    payment_method: method.id,
    payment_method_details: { type: 'card', card: cardDetails(intent, method, !failure, created) },
    radar_options: {},
    receipt_email: intent.receipt_email,
    receipt_number: null,
    receipt_url: failure ? null : `${account.url}/receipts/${id}`,
    refunded: false,
    review: null,
    shipping: null,
    source: null,
    source_transfer: null,
    statement_descriptor: null,
    statement_descriptor_suffix: null,
    status: failure ? 'failed' : 'succeeded',
    transfer_data: null,
    transfer_group: null,
  });
}

function outcome(reason: string | undefined): Stripe.Charge.Outcome {
  return {
    advice_code: null,
    network_advice_code: null,
    network_decline_code: null,
    network_status: reason ? 'declined_by_network' : 'approved_by_network',
    reason: reason ?? null,
    risk_level: 'normal',
    seller_message: reason ? 'The bank did not return any further details with this decline.' : 'Payment complete.',
    type: reason ? 'issuer_declined' : 'authorized',
  };
}

function cardDetails(
  intent: Stripe.PaymentIntent,
  { card }: Stripe.PaymentMethod,
  isApproved: boolean,
  at: number,
): Stripe.Charge.PaymentMethodDetails.Card {
  const isHold = isApproved && intent.capture_method === 'manual';
  return {
    amount_authorized: isApproved ? intent.amount : null,
    authorization_code: isApproved ? token(6) : null,
    brand: card?.brand ?? null,
    ...(isHold ? { capture_before: at + HOLD_SECONDS } : {}),
    checks: card?.checks ?? null,
    country: card?.country ?? null,
    electronic_commerce_indicator: null,
    exp_month: card?.exp_month ?? 12,
    exp_year: card?.exp_year ?? 2034,
    extended_authorization: { status: 'disabled' },
    fingerprint: card?.fingerprint ?? null,
    funding: card?.funding ?? null,
    incremental_authorization: { status: 'unavailable' },
    installments: null,
    last4: card?.last4 ?? null,
    mandate: null,
    multicapture: { status: 'unavailable' },
    network: card?.brand ?? null,
    network_token: { used: false },
    network_transaction_id: token(15),
    overcapture: { maximum_amount_capturable: intent.amount, status: 'unavailable' },
    regulated_status: 'unregulated',
    three_d_secure: null,
    transaction_link_id: null,
    wallet: null,
  };
}
