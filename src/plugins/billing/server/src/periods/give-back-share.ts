/** One of the meals that a charged period was for did not reach the customer: its share of the price is given back. */
import type { Sql } from '../../../../../shared/sql';
import type { BillingParts } from '../core/parts';
import { refundableAmount } from '../refunds/what-is-left';
import { writeRefund } from '../refunds/request';
import { lockPayment } from '../store/lock-payment';
import { findPaymentByKey } from '../store/payments';
import { findRefundsOf } from '../store/refunds';
import { MOST_TRIES } from './charge-period';

export interface PeriodShare {
  /** Names the subscription and the period, as in {@link PeriodCharge}. */
  readonly periodKey: string;
  /** How many meals the period is for; 1 or more. */
  readonly meals: number;
  readonly reason: string;
  /** What is given back for: the same again changes nothing. */
  readonly occurrence: string;
}

/** In minor units. */
export interface GivenBack {
  readonly amount: number;
  readonly currency: string;
}

/**
 * Writes the refund down, with the job that brings it about, in the caller's transaction.
 * @returns null where the period was not charged by Larder, or too little of it is left to be given back.
 */
export async function giveBackShare(
  sql: Sql,
  { periodKey, meals, reason, occurrence }: PeriodShare,
  { queue }: Pick<BillingParts, 'queue'>,
): Promise<GivenBack | null> {
  for (let attempt = 1; attempt <= MOST_TRIES; attempt += 1) {
    const payment = await findPaymentByKey(sql, `${periodKey}:${attempt}`);
    if (payment?.state !== 'captured') continue;
    const locked = await lockPayment(sql, payment.id);
    const amount = Math.round(locked.capturedAmount / meals);
    if (amount === 0 || amount > refundableAmount(locked, await findRefundsOf(sql, payment.id))) return null;
    const order = { transactionId: periodKey, amount, lines: null, reason, requestedBy: 'larder' };
    const { kind } = await writeRefund(sql, { ...order, idempotencyKey: occurrence }, payment, { queue });
    return kind === 'requested' ? { amount, currency: payment.currency } : null;
  }
  return null;
}
