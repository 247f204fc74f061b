/** What was given back of a purchase, and what can still be. */
import type { Sql } from '../../../../../shared/sql';
import { purchasePaymentKey } from '../core/keys';
import type { Refund } from '../core/refund';
import { findBoughtLines } from '../store/bought-lines';
import { lockPayment } from '../store/lock-payment';
import { findPaymentByKey } from '../store/payments';
import { findRefundsOf } from '../store/refunds';
import { findTransactionId } from '../store/transactions';
import { refundableAmount, refundableLines, type RefundableLine } from './what-is-left';

export interface RefundLook {
  readonly transactionId: string;
  readonly refunds: readonly Refund[];
  /** In minor units; 0 without a captured payment. */
  readonly refundable: number;
  readonly currency: string | null;
  readonly lines: readonly RefundableLine[];
}

/** @param idOrRef of the purchase. @returns null where there is none. */
export async function lookAtRefunds(sql: Sql, idOrRef: string): Promise<RefundLook | null> {
  const transactionId = await findTransactionId(sql, idOrRef);
  if (transactionId === null) return null;
  const payment = await findPaymentByKey(sql, purchasePaymentKey(transactionId));
  if (!payment) return { transactionId, refunds: [], refundable: 0, currency: null, lines: [] };
  const refunds = await findRefundsOf(sql, payment.id);
  const bought = payment.transaction ? await findBoughtLines(sql, payment.transaction.id) : [];
  return {
    transactionId,
    refunds,
    refundable: refundableAmount(await lockPayment(sql, payment.id), refunds),
    currency: payment.currency,
    lines: refundableLines(bought, refunds),
  };
}
