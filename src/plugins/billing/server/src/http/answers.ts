import { refuse, refuseFields } from '../../../../../shared/http';
import { unreachable } from '../../../../../shared/outcomes';
import type { CheckoutOutcome } from '../checkout/start';

interface Answerable {
  status: number;
  body: unknown;
}

export function answerCheckout(ctx: Answerable, outcome: CheckoutOutcome): void {
  switch (outcome.kind) {
    case 'checkout':
      return answer(ctx, outcome.view);
    case 'unfit':
      return refuseFields(ctx, outcome.faults);
    case 'nothing_owed':
      return refuse(ctx, 409, 'nothing_owed', 'There is nothing left to be paid.');
    case 'idempotency_conflict':
      return refuse(ctx, 409, 'idempotency_conflict', 'This Idempotency-Key was used for another request.');
    case 'refused':
      return refuseByStripe(ctx, outcome.code);
    case 'unavailable':
      return refuseUnavailable(ctx);
    default:
      return unreachable(outcome);
  }
}

export function answer(ctx: Answerable, body: unknown): void {
  ctx.status = 200;
  ctx.body = body;
}

export function refuseUnavailable(ctx: Answerable): void {
  refuse(ctx, 503, 'payments_unavailable', 'Payments are not possible at the moment. Please try again.');
}

/** Stripe's own sentences speak to developers, and of parameters that the caller never sent. */
function refuseByStripe(ctx: Answerable, reason: string): void {
  if (reason === 'amount_too_small' || reason === 'amount_too_large') {
    const message = `cost too ${reason === 'amount_too_small' ? 'little' : 'much'} for one payment`;
    return refuseFields(ctx, [{ field: 'lines', message }]);
  }
  refuse(ctx, 502, 'payment_refused', 'The payment provider refused the request.', { reason });
}
