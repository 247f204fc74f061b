/** What people do outside the API: customers at the form, the shop's owner in the dashboard, banks. */
import type Stripe from 'stripe';
import type { Account } from '../account/account';
import { rememberAuthentication } from '../account/cards';
import { cancel } from '../payments/cancel';
import { capture } from '../payments/capture';
import { approve } from '../payments/confirm';
import { closeDispute, newDispute } from '../payments/dispute';
import { newInvoice, type InvoiceWanted } from '../payments/invoice';
import { cardOf, intentOf, latestCharge, sessionOf } from '../payments/lookup';
import { paySession } from '../payments/pay-session';
import { refund, settleRefund } from '../payments/refund';
import { expire } from '../payments/session';
import { payInvoice, voidInvoice } from './invoices';

export type Hands = ReturnType<typeof createHands>;

export function createHands(account: Account) {
  return {
    /** Pays with a test card (`pm_card_visa` where absent), authenticating where it asks for that. */
    payCheckout: (session: string, { method = 'pm_card_visa' }: { method?: string } = {}) =>
      paySession(account, sessionOf(account, session), method),
    /** Tries a card that is declined; the session stays open. */
    declineCheckout: (session: string, declineCode = 'generic_decline') =>
      paySession(account, sessionOf(account, session), 'pm_card_visa', {
        kind: 'decline',
        code: 'card_declined',
        declineCode,
      }),
    expireCheckout: (session: string) => expire(account, sessionOf(account, session)),
    /** Saves a card in a session of mode `setup`. */
    completeSetup: (session: string, method = 'pm_card_visa') =>
      paySession(account, sessionOf(account, session), method),

    /** An invoice from the dashboard, open for payment. Returns its id. */
    finalizeInvoice(wanted: InvoiceWanted): string {
      const invoice = newInvoice(account, wanted);
      account.emit('invoice.created', invoice);
      account.emit('invoice.finalized', invoice);
      return invoice.id;
    },
    payInvoice: (id: string, method = 'pm_card_visa') => payInvoice(account, id, method),
    voidInvoice: (id: string) => voidInvoice(account, id),

    /** Returns the dispute's id. */
    openDispute: (intent: string, reason = 'fraudulent') =>
      newDispute(account, latestCharge(account, intentOf(account, intent)), reason).id,
    closeDispute(id: string, status: 'won' | 'lost'): void {
      const dispute = account.disputes.get(id);
      if (!dispute) throw new Error(`No such dispute: ${id}`);
      closeDispute(account, dispute, status);
    },

    /** The customer goes through authentication: `requires_action` or a refused off-session attempt goes on. */
    authenticate(id: string): void {
      const intent = intentOf(account, id);
      const failed = intent.last_payment_error;
      const isRefused = intent.status === 'requires_payment_method' && failed?.code === 'authentication_required';
      if (intent.status !== 'requires_action' && !isRefused) {
        throw new Error(`${id} asks for no authentication: it is ${intent.status}`);
      }
      const method = isRefused ? failed.payment_method?.id : intent.payment_method;
      rememberAuthentication(account, String(method));
      approve(account, intent, cardOf(account, String(method)));
    },

    refundFromDashboard: (intent: string, amount?: number): string =>
      refund(account, latestCharge(account, intentOf(account, intent)), amount === undefined ? {} : { amount }).id,
    /** The bank's word on a refund that `faults.refunds('pending')` left open. */
    settleRefund(id: string, status: 'succeeded' | 'failed'): void {
      const made = account.refunds.get(id);
      if (made?.status !== 'pending') throw new Error(`No pending refund: ${id}`);
      settleRefund(account, made, status);
    },
    captureFromDashboard(id: string, amount?: number): void {
      const intent = intentOf(account, id);
      capture(account, intent, amount ?? intent.amount_capturable, 'dashboard');
    },
    cancelFromDashboard: (intent: string, reason: Stripe.PaymentIntent.CancellationReason | null = null) =>
      cancel(account, intentOf(account, intent), reason),
  };
}
