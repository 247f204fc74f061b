import type Stripe from 'stripe';
import type { Apply } from '.';
import type { BillingParts } from '../../core/parts';
import { applyRefund } from '../../refunds/apply';
import { bookGivenBack } from '../../review/given-back';
import { idOf } from '../../stripe/intent-facts';
import { fetched, idIn } from '../fetched';
import { applyIntent } from './intent';

/** `refund.*` and `charge.refund.updated` */
export const applyRefundEvent: Apply = async ({ object }, parts) => {
  const id = idIn(object, 'id');
  if (id === undefined) return false;
  const refund = fetched('Look at a refund', await parts.call((stripe) => stripe.refunds.retrieve(id)));
  return refund !== undefined && apply(refund, parts);
};

/** `charge.refunded`: does not say which of its refunds it is about. */
export const applyChargeRefundsEvent: Apply = async ({ object }, parts) => {
  const charge = idIn(object, 'id');
  const intent = idIn(object, 'payment_intent');
  if (charge === undefined || intent === undefined || !(await applyIntent(intent, parts))) return false;
  const refunds = fetched(
    'List refunds',
    await parts.call((stripe) => stripe.refunds.list({ charge, limit: 100 }).autoPagingToArray({ limit: 1000 })),
  );
  const given = (refunds ?? []).filter((refund) => !isRelease(refund));
  if (given.length > 0) await bookGivenBack(intent, parts);
  for (const refund of given) await applyRefund(refund, parts);
  return true;
};

/** The payment is brought up to date first: what was given back must have been taken before. */
async function apply(refund: Stripe.Refund, parts: BillingParts): Promise<boolean> {
  const intent = idOf(refund.payment_intent);
  if (intent === null || !(await applyIntent(intent, parts))) return false;
  if (isRelease(refund)) return true;
  await bookGivenBack(intent, parts);
  await applyRefund(refund, parts);
  return true;
}

/** What a hold, or the rest of one, becomes when it is let go: Stripe calls it a refund, but no money moves. */
function isRelease({ status, balance_transaction: movement }: Stripe.Refund): boolean {
  return status === 'succeeded' && movement === null;
}
