import type { Job } from '../../../../../shared/jobs';
import type { MealsParts } from '../core/parts';
import type { FinishedPurchase } from '../store/purchase';

/** Stock and a purchase do not agree. Told once a purchase. */
export function mismatchAlert(
  { documentId, machine, user }: FinishedPurchase,
  message: string,
  { notifier }: Pick<MealsParts, 'notifier'>,
): Job {
  return notifier.raise({
    cause: 'stock_mismatch',
    severity: 'warning',
    occurrence: `${documentId}:stock_mismatch`,
    machineId: machine.documentId,
    transactionId: documentId,
    customerId: user?.customerId ?? null,
    message,
    vendorMessage: null,
  });
}
