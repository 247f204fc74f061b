/**
 * What became of the money of a purchase, written down: the payment, the ledger, the purchase's history, a debt where there
 * is one, and who is told, all in one transaction. Each may be called again; then nothing changes.
 */
import type Stripe from 'stripe';
import { moneyMessage } from '../../../../../shared/money-messages';
import type { Sql } from '../../../../../shared/sql';
import { money, paymentAlert } from '../core/alerts';
import type { BillingParts } from '../core/parts';
import type { Payment } from '../core/payment';
import { captured, endedHold, paidFee, type Posting } from '../core/postings';
import { endReview } from '../review/end-review';
import { recordDebt } from '../store/debts';
import { heldInLedger, post } from '../store/ledger';
import { ledgerOf } from '../store/ledger-of';
import { changePayment } from '../store/payments';
import { keepMessage } from '../store/review';
import { feeOf } from '../stripe/fee';
import { factsOf } from '../stripe/intent-facts';

/**
 * Stripe has captured: the hold is gone, and what it did not cover is a debt.
 * @param alongside what belongs into the same transaction, where this call is the one that writes it down.
 * @returns false where it was written down before.
 */
export async function recordCaptured(
  payment: Payment,
  intent: Stripe.PaymentIntent,
  parts: BillingParts,
  alongside?: (sql: Sql) => Promise<void>,
): Promise<boolean> {
  const amount = intent.amount_received;
  const wanted = payment.captureAmount ?? amount;
  const fee = feeOf(intent);
  return parts.database.transaction(async (sql) => {
    const { chargeId } = factsOf(intent);
    const change = { to: 'captured' as const, captureAmount: wanted, capturedAmount: amount, chargeId };
    if (!(await changePayment(sql, payment.id, change))) return false;
    const fees = fee ? [paidFee(fee.balanceTransactionId, fee.amount)] : [];
    await post(sql, [await holdEnd(sql, payment), captured(payment.key, amount), ...fees], ledgerOf(payment));
    if (fee) await noteFee(sql, payment, fee.amount);
    await note(sql, payment, parts, {
      name: 'payment.captured',
      outcome: 'captured',
      message: null,
      paymentState: 'captured',
      capturedAmount: amount,
      paymentIntentId: intent.id,
    });
    if (wanted > amount) await owe(sql, payment, wanted - amount, 'basket_above_hold', parts);
    if (wanted < amount) {
      const message = moneyMessage('charged_more', {
        charged: money(amount, payment.currency),
        due: money(wanted, payment.currency),
      });
      await tellOf(sql, payment, message, parts);
    }
    await alongside?.(sql);
    await endReview(sql, payment, parts);
    return true;
  });
}

/** The hold is gone without a charge, because nothing was due. */
export async function recordReleased(payment: Payment, parts: BillingParts): Promise<void> {
  await parts.database.transaction(async (sql) => {
    if (!(await changePayment(sql, payment.id, { to: 'released' }))) return;
    await post(sql, [await holdEnd(sql, payment)], ledgerOf(payment));
    await note(sql, payment, parts, {
      name: 'payment.released',
      outcome: 'released',
      message: null,
      paymentState: 'released',
      capturedAmount: 0,
    });
    await endReview(sql, payment, parts);
  });
}

/** What was sold on trust, or a period of a subscription, could not be charged. */
export async function recordUnpaid(
  payment: Payment,
  code: string,
  message: string,
  parts: BillingParts,
): Promise<void> {
  await parts.database.transaction(async (sql) => {
    if (!(await changePayment(sql, payment.id, { to: 'declined', failureCode: code, message }))) return;
    await note(sql, payment, parts, {
      name: 'payment.declined',
      outcome: code,
      message: null,
      paymentState: 'owed',
      capturedAmount: 0,
    });
    // For a period nothing was handed out yet, so nothing is owed.
    if (payment.purpose === 'subscription') await tellUnpaidPeriod(sql, payment, message, parts);
    else await owe(sql, payment, payment.captureAmount ?? 0, 'charge_failed', parts);
    await endReview(sql, payment, parts);
  });
}

async function tellUnpaidPeriod(sql: Sql, payment: Payment, why: string, parts: BillingParts): Promise<void> {
  const amount = money(payment.captureAmount ?? 0, payment.currency);
  const message = `A new period of a subscription could not be charged (${amount}): ${why}`;
  await parts.queue.send(sql, [paymentAlert(parts.notifier, payment, 'subscription_unpaid', message)]);
}

/** What Stripe says fits nothing that Larder did. A person decides; what was held is held no more. */
export async function recordContradiction(payment: Payment, message: string, parts: BillingParts): Promise<void> {
  await parts.database.transaction(async (sql) => {
    if (!(await changePayment(sql, payment.id, { to: 'review', message }))) return;
    await post(sql, [await holdEnd(sql, payment)], ledgerOf(payment));
    await note(sql, payment, parts, { name: 'payment.review', outcome: 'review', message, paymentState: 'review' });
    await parts.queue.send(sql, [paymentAlert(parts.notifier, payment, 'payment_review', message)]);
  });
}

/** Somebody has to look at a payment that goes on: told until its end, see {@link endReview}. */
export async function tellOf(sql: Sql, payment: Payment, message: string, parts: BillingParts): Promise<void> {
  await keepMessage(sql, payment, message);
  await parts.queue.send(sql, [paymentAlert(parts.notifier, payment, 'payment_review', message)]);
}

/**
 * The end of what the ledger has as held: nothing where there never was a hold (an intent that waits for its customer, one
 * that was declined). Each hold ends once, and a payment that is charged anew has a second one.
 */
async function holdEnd(sql: Sql, { key, documentId, paymentIntentId }: Payment): Promise<Posting> {
  return endedHold(paymentIntentId === null ? key : `${key}:${paymentIntentId}`, await heldInLedger(sql, documentId));
}

async function owe(
  sql: Sql,
  payment: Payment,
  amount: number,
  cause: 'basket_above_hold' | 'charge_failed',
  parts: BillingParts,
): Promise<void> {
  await recordDebt(sql, payment, amount, cause);
  const message = `${money(amount, payment.currency)} of a purchase could not be charged.`;
  await parts.queue.send(sql, [paymentAlert(parts.notifier, payment, 'debt_recorded', message)]);
}

type Note = Omit<Parameters<BillingParts['noteMoney']>[1], 'transactionId'>;

async function note(sql: Sql, payment: Payment, parts: BillingParts, what: Note): Promise<void> {
  if (payment.transaction) await parts.noteMoney(sql, { transactionId: payment.transaction.id, ...what });
}

async function noteFee(sql: Sql, payment: Payment, amount: number): Promise<void> {
  await sql.rows(
    { name: 'billing.note-fee', text: `update payments set fee_amount = coalesce(fee_amount, 0) + $2 where id = $1` },
    [payment.id, amount],
  );
}
