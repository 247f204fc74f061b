import type { Sql } from '../../../../../shared/sql';
import type { BillingParts } from '../core/parts';
import type { Payment } from '../core/payment';
import { isReviewOver } from '../store/review';

/**
 * Ends the incident about a payment with the payment's own end: asked after each change that may be that. Nothing where
 * nobody was told of it, or while it, or another payment of the machine, still waits for a person.
 */
export async function endReview(
  sql: Sql,
  payment: Pick<Payment, 'id' | 'machine'>,
  { queue, notifier }: Pick<BillingParts, 'queue' | 'notifier'>,
): Promise<void> {
  if (!(await isReviewOver(sql, payment))) return;
  await queue.send(sql, [notifier.resolve('payment_review', payment.machine?.documentId ?? null)]);
}
