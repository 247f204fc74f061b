import type { Decline } from '../../../../purchases/server/src/ports/payment-provider';
import type { BillingParts } from '../core/parts';
import { purchasePaymentKey } from '../core/keys';

/** Why a payment was declined. The client secret is asked of Stripe anew each time: it is kept nowhere. */
export async function explainDecline(transactionId: string, parts: BillingParts): Promise<Decline | null> {
  const [row] = await parts.database.rows<{ failure_code: string | null; intent: string | null; state: string }>(
    {
      name: 'billing.explain',
      text: `select failure_code, payment_intent_id as intent, state from payments where key = $1`,
    },
    [purchasePaymentKey(transactionId)],
  );
  if (!row) return null;
  const { intent, state } = row;
  if (state !== 'action_required' || intent === null) {
    return { reason: row.failure_code ?? 'declined', paymentIntentId: null, clientSecret: null };
  }
  const answer = await parts.call((stripe) => stripe.paymentIntents.retrieve(intent));
  const clientSecret = answer.kind === 'ok' ? answer.value.client_secret : null;
  return { reason: 'requires_action', paymentIntentId: intent, clientSecret };
}
