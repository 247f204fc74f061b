import type { Account } from '../account/account';
import { newId } from '../account/ids';
import { attempt } from '../payments/confirm';
import { newIntent } from '../payments/intent';
import { cardOf } from '../payments/lookup';

/** The customer pays at the invoice's own page. @throws Problem 402 where the card says no. */
export function payInvoice(account: Account, id: string, method: string): void {
  const invoice = openInvoice(account, id);
  const { currency, customer } = invoice;
  const now = account.time.seconds();
  const amount = invoice.amount_remaining;
  const intent = newIntent(account, {
    amount,
    currency,
    customer: typeof customer === 'string' ? customer : null,
    description: `Payment for Invoice ${String(invoice.number)}`,
  });
  attempt(account, intent, cardOf(account, method), { offSession: false });
  const payment = account.invoicePayments.add({
    id: newId('inpay'),
    object: 'invoice_payment',
    amount_paid: amount,
    amount_requested: amount,
    created: now,
    currency,
    invoice: id,
    is_default: true,
    livemode: false,
    payment: { type: 'payment_intent', payment_intent: intent.id },
    status: 'paid',
    status_transitions: { canceled_at: null, paid_at: now },
  });
  invoice.status = 'paid';
  invoice.amount_paid = amount;
  invoice.amount_remaining = 0;
  invoice.attempted = true;
  invoice.attempt_count = 1;
  invoice.status_transitions.paid_at = now;
  account.emit('invoice_payment.paid', payment);
  account.emit('invoice.paid', invoice);
  account.emit('invoice.payment_succeeded', invoice);
}

export function voidInvoice(account: Account, id: string): void {
  const invoice = openInvoice(account, id);
  invoice.status = 'void';
  invoice.amount_remaining = 0;
  invoice.status_transitions.voided_at = account.time.seconds();
  account.emit('invoice.voided', invoice);
}

function openInvoice(account: Account, id: string) {
  const invoice = account.invoices.get(id);
  if (invoice?.status !== 'open') throw new Error(`No open invoice: ${id}`);
  return invoice;
}
