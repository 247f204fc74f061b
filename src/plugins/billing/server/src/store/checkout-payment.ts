import { newDocumentId } from '../../../../../shared/ids';
import type { Sql } from '../../../../../shared/sql';
import { checkoutPaymentKey, type Checkout } from '../core/checkout';
import type { IntentFacts } from '../stripe/intent-facts';

export interface PaidFacts extends IntentFacts {
  /** Minor units, both. */
  readonly amount: number;
  readonly fee: number | null;
}

/** The payment of a checkout, captured from the start. Answers its documentId. */
export async function insertCheckoutPayment(sql: Sql, checkout: Checkout, facts: PaidFacts): Promise<string> {
  const documentId = newDocumentId();
  await sql.rows(
    {
      name: 'billing.insert-checkout-payment',
      text: `
with made as (
  insert into payments (document_id, key, purpose, state, authorized_amount, capture_amount, captured_amount,
    refunded_amount, disputed_amount, fee_amount, currency, payment_intent_id, charge_id, stripe_customer_id,
    payment_method_id, card_brand, card_last_4, is_taken_over, ended_at, created_at, updated_at, published_at)
  values ($1, $2, $3, 'captured', $4, $4, $4, 0, 0, $5, $6, $7, $8, $9, $10, $11, $12, false, now(), now(), now(), now())
  returning id
),
of_user as (insert into payments_user_lnk (payment_id, user_id) select id, $13::int from made)
insert into payments_checkout_lnk (payment_id, checkout_id) select id, $14::int from made`,
    },
    [
      documentId,
      checkoutPaymentKey(checkout.documentId),
      checkout.purpose === 'debt' ? 'debt' : 'checkout',
      facts.amount,
      facts.fee,
      checkout.currency,
      facts.paymentIntentId,
      facts.chargeId,
      facts.stripeCustomerId,
      facts.paymentMethodId,
      facts.cardBrand,
      facts.cardLast4,
      checkout.user.id,
      checkout.id,
    ],
  );
  return documentId;
}

/** More was paid than was due: kept until the rest is given back, see `isReviewOver`. @param due in minor units. */
export async function noteOverpaid(sql: Sql, documentId: string, due: number, message: string): Promise<void> {
  await sql.rows(
    {
      name: 'billing.note-overpaid',
      text: `update payments set capture_amount = $2, message = $3 where document_id = $1`,
    },
    [documentId, due, message],
  );
}
