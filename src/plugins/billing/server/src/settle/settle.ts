/** The end of a purchase, as far as its money is concerned: what is wanted is written down, then brought about. */
import { z } from 'zod';
import type { Job } from '../../../../../shared/jobs';
import type { JobHandler } from '../../../../../shared/queue';
import type { PurchaseOutcome } from '../../../../purchases/server/src/ports/payment-provider';
import { purchasePaymentKey } from '../core/keys';
import type { BillingParts } from '../core/parts';
import type { Payment } from '../core/payment';
import { queues } from '../core/queues';
import { changePayment, findPaymentByKey } from '../store/payments';
import { capture } from './capture';
import { release } from './release';

/** The job that settles a purchase; sent in the transaction that ends it. */
export function settleJob({ transactionId, amount }: Pick<PurchaseOutcome, 'transactionId' | 'amount'>): Job {
  return { queue: queues.settle, data: { transactionId, amount }, singletonKey: transactionId };
}

/** The job that goes on with a payment for which it is written down what is due. */
export function settlePaymentJob(paymentKey: string): Job {
  return { queue: queues.settle, data: { paymentKey }, singletonKey: paymentKey };
}

const jobData = z.union([
  z.object({ paymentKey: z.string() }),
  z.object({ transactionId: z.string(), amount: z.number().int().nonnegative() }),
]);

export function createSettleHandler(parts: BillingParts): JobHandler {
  return async ({ data }) => {
    const job = jobData.parse(data);
    if ('paymentKey' in job) {
      const known = await findPaymentByKey(parts.database, job.paymentKey);
      return known && bringAbout(known, parts);
    }
    const { transactionId, amount } = job;
    const payment = await findPaymentByKey(parts.database, purchasePaymentKey(transactionId));
    if (payment) return settle(payment, amount, parts);
    // The purchase ended before its money was asked for, or began when payments were only recorded.
    parts.log.debug(`Purchase ${transactionId} has no payment to settle.`);
  };
}

/** @param amount what is due in all, in minor units; 0 gives the hold back. */
export async function settle(payment: Payment, amount: number, parts: BillingParts): Promise<void> {
  const isUndecided = payment.state === 'held' || payment.state === 'at_risk' || payment.state === 'requested';
  if (!isUndecided) return bringAbout(payment, parts);
  const change = amount > 0 ? { to: 'capturing' as const, captureAmount: amount } : { to: 'releasing' as const };
  await changePayment(parts.database, payment.id, change);
  const current = await findPaymentByKey(parts.database, payment.key);
  if (current) await bringAbout(current, parts);
}

/** Goes on with what a payment is to become. Nothing for one that is at an end, or before a person. */
export async function bringAbout(payment: Payment, parts: BillingParts): Promise<void> {
  if (payment.state === 'capturing') return capture(payment, parts);
  if (payment.state === 'releasing') return release(payment, parts);
}
