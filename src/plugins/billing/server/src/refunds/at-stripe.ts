import type Stripe from 'stripe';
import type { RefundState } from '../core/refund';

/** By this name a refund at Stripe says which of ours it is: the `key` of its row. */
export const REFUND_METADATA = 'larder_refund';

/** Stripe's status of a refund, in our words. https://docs.stripe.com/refunds#failed-refunds */
export function stateOf({ status }: Stripe.Refund): RefundState {
  switch (status) {
    case 'succeeded':
      return 'succeeded';
    case 'failed':
    case 'canceled':
      return 'failed';
    default:
      return 'pending';
  }
}
