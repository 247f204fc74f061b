import type Stripe from 'stripe';
import { scrub } from '../webhooks/scrub';
import { idOf } from '../stripe/intent-facts';

/** A draft is nobody's business yet, and is not kept. */
export const INVOICE_STATES = ['open', 'paid', 'uncollectible', 'void'] as const;

export type InvoiceState = (typeof INVOICE_STATES)[number];

export interface InvoiceLine {
  readonly description: string | null;
  readonly quantity: number | null;
  /** Minor units. */
  readonly amount: number;
}

/** What Larder keeps of an invoice. Amounts in minor units, times in seconds since the epoch. */
export interface InvoiceRow {
  readonly id: string;
  readonly number: string | null;
  readonly state: InvoiceState;
  readonly customer: string | null;
  readonly total: number;
  readonly amount_due: number;
  readonly amount_paid: number;
  readonly currency: string;
  readonly lines: readonly InvoiceLine[];
  readonly intents: readonly string[];
  readonly pdf: string | null;
  readonly hosted: string | null;
  readonly issued: number | null;
  readonly due: number | null;
  readonly paid: number | null;
}

/** The state of an invoice that is kept; undefined for a draft, and for what Stripe may think of one day. */
export function stateOf({ status }: Pick<Stripe.Invoice, 'status'>): InvoiceState | undefined {
  return INVOICE_STATES.find((state) => state === status);
}

/** Pure. `lines` and `payments` are given whole: an invoice holds only the first of them. */
export function invoiceRow(
  invoice: Stripe.Invoice,
  state: InvoiceState,
  lines: readonly Stripe.InvoiceLineItem[],
  payments: readonly Stripe.InvoicePayment[],
): InvoiceRow {
  const { status_transitions: at } = invoice;
  return {
    id: invoice.id,
    number: invoice.number,
    state,
    customer: idOf(invoice.customer),
    total: invoice.total,
    amount_due: invoice.amount_due,
    amount_paid: invoice.amount_paid,
    currency: invoice.currency.toUpperCase(),
    lines: scrub(
      lines.map(({ description, quantity, amount }) => ({ description, quantity, amount })),
    ) as InvoiceLine[],
    intents: payments.flatMap(({ payment }) => idOf(payment.payment_intent) ?? []),
    pdf: invoice.invoice_pdf ?? null,
    hosted: invoice.hosted_invoice_url ?? null,
    issued: at.finalized_at ?? invoice.effective_at,
    due: invoice.due_date,
    paid: at.paid_at,
  };
}
