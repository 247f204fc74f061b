import type { BillingParts } from '../core/parts';
import { mayRefundBecome, type Refund } from '../core/refund';
import { lockPayment } from '../store/lock-payment';
import { findPaymentByKey } from '../store/payments';
import { changeRefund, findRefundByKey } from '../store/refunds';
import { recordFailed } from './apply';

/** Stripe refused to make a refund. What it would have given back can be asked for again. */
export async function recordRefused(refund: Refund, code: string, message: string, parts: BillingParts): Promise<void> {
  const payment = await findPaymentByKey(parts.database, refund.paymentKey);
  if (!payment) return;
  await parts.database.transaction(async (sql) => {
    await lockPayment(sql, payment.id);
    const current = await findRefundByKey(sql, refund.key);
    if (!current || current.stripeRefundId !== null || !mayRefundBecome(current.state, 'failed')) return;
    await changeRefund(sql, current.id, { to: 'failed', stripeRefundId: null, failureReason: code, message });
    await recordFailed(sql, current, current.state, payment, parts);
  });
}
