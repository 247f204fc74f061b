/** What operators are told about money, in one place. */
import { toMajorText } from '../../../../../shared/money';
import type { Job } from '../../../../../shared/jobs';
import type { AlertCause, Notifier } from '../../../../purchases/server/src/ports/notifier';
import type { Payment } from './payment';

/** The job that tells about a payment. Told twice for the same payment, cause and intent, it counts once. */
export function paymentAlert(notifier: Notifier, payment: Payment, cause: AlertCause, message: string): Job {
  return notifier.raise({
    cause,
    severity: cause === 'payment_review' || cause === 'hold_expiring' ? 'urgent' : 'warning',
    occurrence: [payment.key, cause, cause === 'payment_review' ? payment.paymentIntentId : null]
      .filter((part) => part !== null)
      .join(':'),
    machineId: payment.machine?.documentId ?? null,
    transactionId: payment.transaction?.documentId ?? null,
    customerId: payment.user?.customerId ?? null,
    message,
    vendorMessage: null,
  });
}

export function money(amount: number, currency: string): string {
  return `${toMajorText(amount, currency)} ${currency}`;
}
