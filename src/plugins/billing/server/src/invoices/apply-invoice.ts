import type { BillingParts } from '../core/parts';
import { fetched, idIn } from '../webhooks/fetched';
import type { StoredEvent } from '../webhooks/stored-events';
import { invoiceRow, stateOf } from './invoice-row';
import { saveInvoice } from './save-invoice';

/** `invoice.*` */
export async function applyInvoiceEvent({ object }: StoredEvent, parts: BillingParts): Promise<boolean> {
  const id = idIn(object, 'id'); // an upcoming invoice has none
  return id !== undefined && applyInvoice(id, parts);
}

/** `invoice_payment.*` */
export async function applyInvoicePaymentEvent({ object }: StoredEvent, parts: BillingParts): Promise<boolean> {
  const id = idIn(object, 'invoice');
  return id !== undefined && applyInvoice(id, parts);
}

/**
 * Fetches an invoice and keeps it as it is now.
 * @returns false where there is nothing to keep.
 */
async function applyInvoice(id: string, { call, database }: BillingParts): Promise<boolean> {
  const invoice = fetched('Look at an invoice', await call((stripe) => stripe.invoices.retrieve(id)));
  const state = invoice && stateOf(invoice);
  if (!invoice || !state) return false;
  const lines = invoice.lines.has_more
    ? fetched(
        'List the lines of an invoice',
        await call((stripe) => stripe.invoices.listLineItems(id, { limit: 100 }).autoPagingToArray({ limit: 10_000 })),
      )
    : invoice.lines.data;
  const payments = fetched(
    'List the payments of an invoice',
    await call((stripe) => stripe.invoicePayments.list({ invoice: id, limit: 100 })),
  );
  await saveInvoice(database, invoiceRow(invoice, state, lines ?? [], payments?.data ?? []));
  return true;
}
