import type Stripe from 'stripe';
import { StripeNotNow } from '../../core/answer';
import type { BillingParts } from '../../core/parts';
import type { Payment } from '../../core/payment';
import { settleBy } from '../../settle/capture';
import { endReview } from '../../review/end-review';
import { recordContradiction, recordReleased, tellOf } from '../../settle/outcomes';
import { recordFees } from '../../store/fees';
import { findPaymentByIntent, findPaymentByKey } from '../../store/payments';
import { purchaseStage } from '../../store/purchase-stage';
import { PAYMENT_METADATA } from '../../stripe/find-intent';
import { feeOf } from '../../stripe/fee';
import { fetched } from '../fetched';
import { verdictOn } from './intent-verdict';

const EXPAND = ['latest_charge.balance_transaction'];

/**
 * Looks at an intent and brings its payment to where Stripe is.
 * @returns false for an intent that is none of ours. Throws {@link StripeNotNow} when Stripe cannot say now.
 */
export async function applyIntent(intentId: string, parts: BillingParts): Promise<boolean> {
  const intent = fetched(
    'Look at an intent',
    await parts.call((stripe) => stripe.paymentIntents.retrieve(intentId, { expand: EXPAND })),
  );
  const payment = intent && (await paymentOf(intent, parts));
  if (!payment) return false;
  await act(payment, intent, parts);
  return true;
}

/** By the intent; or, where the answer that named it got lost, by what we had told Stripe. */
async function paymentOf(intent: Stripe.PaymentIntent, { database }: BillingParts): Promise<Payment | undefined> {
  const known = await findPaymentByIntent(database, intent.id);
  if (known) return known;
  const key = intent.metadata[PAYMENT_METADATA];
  return key === undefined ? undefined : findPaymentByKey(database, key);
}

async function act(payment: Payment, intent: Stripe.PaymentIntent, parts: BillingParts): Promise<void> {
  const verdict = verdictOn(payment, intent, await purchaseStage(parts.database, payment));
  switch (verdict.kind) {
    case 'nothing':
      return;
    case 'settle':
      await settleBy(payment, intent, parts);
      return;
    case 'released':
      return recordReleased(payment, parts);
    case 'fees': {
      const fee = feeOf(intent);
      if (fee) await parts.database.transaction((sql) => recordFees(sql, payment, [fee]));
      return;
    }
    case 'let_go': {
      const answer = await parts.call((stripe) => stripe.paymentIntents.cancel(intent.id));
      if (answer.kind !== 'ok') throw new StripeNotNow('Let go of a hold', answer);
      return;
    }
    case 'contradiction':
      return recordContradiction(payment, verdict.message, parts);
    case 'tell':
      return parts.database.transaction((sql) =>
        isGivenBack(intent) ? endReview(sql, payment, parts) : tellOf(sql, payment, verdict.message, parts),
      );
  }
}

/** What was charged beside us went back to the customer: then there is nothing to look at any more. */
function isGivenBack({ status, latest_charge: charge }: Stripe.PaymentIntent): boolean {
  return status === 'succeeded' && typeof charge === 'object' && charge !== null && charge.refunded;
}
