import type { Payment } from '../core/payment';
import type { PostedFor } from './ledger';

/** Whose money a posting about this payment is. */
export function ledgerOf(payment: Payment): PostedFor {
  return {
    transactionId: payment.transaction?.documentId ?? null,
    paymentId: payment.documentId,
    customerId: payment.user?.customerId ?? null,
    currency: payment.currency,
  };
}
