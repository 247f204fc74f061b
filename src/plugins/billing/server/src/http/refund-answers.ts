import { unreachable } from '../../../../../shared/outcomes';
import { refuseOperator } from '../admin/refusals';
import type { RefundOutcome } from '../refunds/request';
import { refundView } from '../refunds/view';

interface Answerable {
  status: number;
  body: unknown;
}

/** Answers a request for a refund: 201, or why not. Also for the panel. */
export function answerRefund(ctx: Answerable, outcome: RefundOutcome): void {
  switch (outcome.kind) {
    case 'requested':
      ctx.status = 201;
      ctx.body = refundView(outcome.refund, outcome.transactionId);
      return;
    case 'transaction_not_found':
      return refuseOperator(ctx, 404, 'transaction_not_found', 'There is no such transaction.');
    case 'key_reused':
      return refuseOperator(ctx, 409, 'idempotency_conflict', 'This Idempotency-Key was used for another request.');
    case 'not_captured':
      return refuseOperator(ctx, 409, 'not_captured', 'Nothing was charged for this purchase through Stripe.');
    case 'payment_in_review':
      return refuseOperator(
        ctx,
        409,
        'payment_in_review',
        'Somebody has to decide first what becomes of this payment.',
      );
    case 'nothing_to_refund':
      return refuseOperator(ctx, 409, 'nothing_to_refund', 'There is nothing left to refund.');
    case 'refund_too_large': {
      const { refundable, line } = outcome;
      const message = line
        ? `Only ${line.left} of this product can still be refunded.`
        : 'This is more than can still be refunded.';
      const errors = line ? [{ field: `lines.${line.index}.quantity`, message }] : [{ field: 'amount', message }];
      return refuseOperator(ctx, 409, 'refund_too_large', message, { refundable, errors });
    }
    case 'line_ambiguous': {
      const { index, kinds } = outcome;
      const message = `This product was paid for in more than one way: say which, by kind (${kinds.join(', ')}).`;
      const errors = [{ field: `lines.${index}.kind`, message }];
      return refuseOperator(ctx, 400, 'line_ambiguous', message, { kinds, errors });
    }
    default:
      return unreachable(outcome);
  }
}
