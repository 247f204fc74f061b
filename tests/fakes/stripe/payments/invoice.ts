/** Invoices: made by hand in the dashboard or by another program, never by Larder. */
import type Stripe from 'stripe';
import type { Account } from '../account/account';
import { newId } from '../account/ids';
import { customerOf } from './lookup';

export interface InvoiceWanted {
  readonly customer: string;
  /** `amount` of the whole line, in minor units. */
  readonly lines: readonly { readonly description: string; readonly amount: number; readonly quantity?: number }[];
  /** `eur` where absent. */
  readonly currency?: string;
  readonly metadata?: Stripe.Metadata;
  /** Seconds since the epoch. */
  readonly dueDate?: number;
}

/** An invoice that is open for payment. */
export function newInvoice(account: Account, wanted: InvoiceWanted): Stripe.Invoice {
  const customer = customerOf(account, wanted.customer);
  const id = newId('in');
  const now = account.time.seconds();
  const currency = wanted.currency ?? 'eur';
  const total = wanted.lines.reduce((sum, { amount }) => sum + amount, 0);
  const sequence = customer.next_invoice_sequence ?? 1;
  customer.next_invoice_sequence = sequence + 1;
  const lines = wanted.lines.map((line) => newInvoiceLine(id, currency, now, line));
  return account.invoices.add({
    id,
    object: 'invoice',
    account_country: 'FR',
    account_name: 'Fake account',
    account_tax_ids: null,
    amount_due: total,
    amount_overpaid: 0,
    amount_paid: 0,
    amount_remaining: total,
    amount_shipping: 0,
    application: null,
    attempt_count: 0,
    attempted: false,
    auto_advance: false,
    automatic_tax: { disabled_reason: null, enabled: false, liability: null, provider: null, status: null },
    automatically_finalizes_at: null,
    billing_reason: 'manual',
    collection_method: 'send_invoice',
    created: now,
    currency,
    custom_fields: null,
    customer: customer.id,
    customer_account: null,
    customer_address: null,
    customer_email: customer.email,
    customer_name: customer.name ?? null,
    customer_phone: null,
    customer_shipping: null,
    customer_tax_exempt: 'none',
    customer_tax_ids: [],
    default_payment_method: null,
    default_source: null,
    default_tax_rates: [],
    description: null,
    discounts: [],
    due_date: wanted.dueDate ?? now + 30 * 86_400,
    effective_at: now,
    ending_balance: 0,
    footer: null,
    from_invoice: null,
    hosted_invoice_url: `${account.url}/i/${id}`,
    invoice_pdf: `${account.url}/i/${id}/pdf`,
    issuer: { type: 'self' },
    last_finalization_error: null,
    latest_revision: null,
    lines: { object: 'list', data: lines, has_more: false, url: `/v1/invoices/${id}/lines` },
    livemode: false,
    metadata: wanted.metadata ?? {},
    next_payment_attempt: null,
    number: `${customer.invoice_prefix ?? 'FAKE'}-${String(sequence).padStart(4, '0')}`,
    on_behalf_of: null,
    parent: null,
    payment_settings: { default_mandate: null, payment_method_options: null, payment_method_types: null },
    period_end: now,
    period_start: now,
    post_payment_credit_notes_amount: 0,
    pre_payment_credit_notes_amount: 0,
    receipt_number: null,
    rendering: null,
    shipping_cost: null,
    shipping_details: null,
    starting_balance: 0,
    statement_descriptor: null,
    status: 'open',
    status_transitions: { finalized_at: now, marked_uncollectible_at: null, paid_at: null, voided_at: null },
    subtotal: total,
    subtotal_excluding_tax: total,
    test_clock: null,
    total,
    total_discount_amounts: [],
    total_excluding_tax: total,
    total_pretax_credit_amounts: [],
    total_taxes: [],
    webhooks_delivered_at: now,
  });
}

function newInvoiceLine(
  invoice: string,
  currency: string,
  now: number,
  { description, amount, quantity = 1 }: InvoiceWanted['lines'][number],
): Stripe.InvoiceLineItem {
  return {
    id: newId('il'),
    object: 'line_item',
    amount,
    currency,
    description,
    discount_amounts: [],
    discountable: true,
    discounts: [],
    invoice,
    livemode: false,
    metadata: {},
    parent: null,
    period: { end: now, start: now },
    pretax_credit_amounts: [],
    pricing: null,
    quantity,
    quantity_decimal: null,
    subscription: null,
    subtotal: amount,
    taxes: [],
  };
}
