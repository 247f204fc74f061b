import { unreachable } from '../../../../../shared/outcomes';
import { expire } from '../core/deadlines';
import type { Purchase } from '../core/purchase';
import type { Step } from '../core/step';
import type { EventRecord } from '../ports';
import type { Parts } from './parts';

/** Has the ceiling secured; answers the step that follows from it. */
export async function secureMoney(purchase: Purchase, parts: Pick<Parts, 'payments'>): Promise<Step> {
  const outcome = await parts.payments.authorize({
    transactionId: purchase.documentId,
    customerId: purchase.user?.customerId ?? '',
    amount: purchase.authorizedAmount,
    currency: purchase.currency,
    provider: purchase.paymentProvider,
    paymentIntentId: purchase.paymentIntentId,
  });
  switch (outcome.kind) {
    case 'authorized':
      return {
        record: system('payment.authorized', outcome.paymentState, null),
        change: {
          to: 'authorized',
          authorizedAmount: outcome.amount,
          paymentState: outcome.paymentState,
          paymentIntentId: outcome.paymentIntentId,
          captureBefore: outcome.captureBefore,
        },
        alerts: [],
      };
    case 'declined':
      return {
        record: system('payment.declined', outcome.code, outcome.message),
        change: { to: 'refused', refusalCode: 'payment_declined', message: outcome.message },
        alerts: [],
      };
    case 'unavailable':
      return withCode(PAYMENTS_UNAVAILABLE, expire(`the payment could not be secured (${outcome.message}).`));
    default:
      return unreachable(outcome);
  }
}

/** The `refusalCode` of a purchase that ended because the payment provider was away. */
export const PAYMENTS_UNAVAILABLE = 'payments_unavailable';

function withCode(refusalCode: string, step: Step): Step {
  return { ...step, change: step.change && { ...step.change, refusalCode } };
}

function system(name: string, outcome: string, message: string | null): EventRecord {
  return { kind: 'system', name, outcome, message, data: null };
}
