import type Stripe from 'stripe';
import { moneyMessage } from '../../../../../shared/money-messages';
import type { Sql } from '../../../../../shared/sql';
import { money } from '../core/alerts';
import { checkoutPaymentKey, type Checkout } from '../core/checkout';
import type { BillingParts } from '../core/parts';
import { captured, paidFee, settledDebt } from '../core/postings';
import { insertCheckoutPayment, noteOverpaid } from '../store/checkout-payment';
import { changeCheckout } from '../store/checkouts';
import { post, type PostedFor } from '../store/ledger';
import { settleDebts } from '../store/settle-debts';
import { feeOf } from '../stripe/fee';
import { factsOf } from '../stripe/intent-facts';
import { expanded } from './session-state';

/** A checkout is paid: its payment, the ledger, and the debts that it settles, in one transaction, once. */
export async function recordPaid(
  checkout: Checkout,
  session: Stripe.Checkout.Session,
  parts: BillingParts,
): Promise<void> {
  const intent = expanded(session.payment_intent);
  if (!intent) throw new Error(`The session ${session.id} is paid without an intent.`);
  const fee = feeOf(intent);
  const amount = intent.amount_received;
  await parts.database.transaction(async (sql) => {
    const isNew = await changeCheckout(sql, checkout.id, {
      to: 'complete',
      stripeSessionId: session.id,
      paymentIntentId: intent.id,
    });
    if (!isNew) return;
    const paymentId = await insertCheckoutPayment(sql, checkout, {
      amount,
      fee: fee?.amount ?? null,
      ...factsOf(intent),
    });
    const { customerId } = checkout.user;
    const whose = { transactionId: null, paymentId, customerId, currency: checkout.currency };
    const settled = checkout.purpose === 'debt' ? await payDebts(sql, checkout, whose, parts) : 0;
    const rest = amount - settled;
    const sale = captured(checkoutPaymentKey(checkout.documentId), rest);
    await post(sql, fee ? [sale, paidFee(fee.balanceTransactionId, fee.amount)] : [sale], whose);
    if (checkout.purpose === 'debt' && rest !== 0)
      await tellOverpaid(sql, checkout, paymentId, { settled, rest }, parts);
  });
}

/** Ends the debts that are still open. @returns how much of the payment was for them, in minor units. */
async function payDebts(sql: Sql, { lines }: Checkout, whose: PostedFor, { noteMoney }: BillingParts): Promise<number> {
  const debts = await settleDebts(
    sql,
    lines.flatMap(({ debtId }) => debtId ?? []),
  );
  for (const { key, cause, amount, transaction } of debts) {
    await post(sql, [settledDebt(key, amount)], { ...whose, transactionId: transaction?.documentId ?? null });
    if (!transaction) continue;
    await noteMoney(sql, {
      transactionId: transaction.id,
      name: 'debt.settled',
      outcome: 'settled',
      message: 'Paid by Checkout.',
      // Where something was charged beside it, the purchase is `captured` already.
      ...(cause !== 'basket_above_hold' && { paymentState: 'captured' as const }),
    });
  }
  return debts.reduce((sum, { amount }) => sum + amount, 0);
}

/** A debt that was forgiven, or paid elsewhere, while its form was open: a person gives the money back. */
async function tellOverpaid(
  sql: Sql,
  checkout: Checkout,
  paymentId: string,
  { settled, rest }: { readonly settled: number; readonly rest: number },
  { queue, notifier }: BillingParts,
): Promise<void> {
  const key = checkoutPaymentKey(checkout.documentId);
  const message = moneyMessage('debts_closed', { amount: money(rest, checkout.currency), payment: key });
  await noteOverpaid(sql, paymentId, settled, message);
  const alert = notifier.raise({
    cause: 'payment_review',
    severity: 'urgent',
    occurrence: `${key}:overpaid`,
    machineId: null,
    transactionId: null,
    customerId: checkout.user.customerId,
    message,
    vendorMessage: null,
  });
  await queue.send(sql, [alert]);
}
