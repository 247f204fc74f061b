import type { Refund } from '../core/refund';

/** A refund as a front end sees it. Amounts in minor units, times ISO 8601. */
export function refundView(refund: Refund, transactionId: string) {
  return {
    id: refund.documentId,
    transactionId,
    state: refund.state,
    amount: refund.amount,
    currency: refund.currency,
    lines: refund.lines,
    reason: refund.reason,
    failureReason: refund.failureReason,
    createdAt: refund.createdAt.toISOString(),
    endedAt: refund.endedAt?.toISOString() ?? null,
  };
}
