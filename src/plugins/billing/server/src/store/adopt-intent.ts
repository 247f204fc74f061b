import type Stripe from 'stripe';
import type { Database } from '../../../../../shared/sql';
import type { Payment } from '../core/payment';
import { placedHold } from '../core/postings';
import { factsOf } from '../stripe/intent-facts';
import { post } from './ledger';
import { ledgerOf } from './ledger-of';
import { findPaymentByKey } from './payments';

/**
 * Writes down a hold that was found, or made, after the door: for a payment that was being settled without one.
 * @returns the payment as it is then.
 */
export async function adoptIntent(
  database: Database,
  payment: Payment,
  intent: Stripe.PaymentIntent,
): Promise<Payment> {
  const facts = factsOf(intent);
  const amount = intent.amount;
  await database.transaction(async (sql) => {
    const rows = await sql.rows(
      {
        name: 'billing.adopt-intent',
        text: `
update payments set payment_intent_id = $2, authorized_amount = $3, charge_id = $4, stripe_customer_id = $5,
  payment_method_id = $6, card_brand = $7, card_last_4 = $8, capture_before = $9::timestamp, updated_at = now()
where id = $1 and payment_intent_id is null returning id`,
      },
      [
        payment.id,
        intent.id,
        amount,
        facts.chargeId,
        facts.stripeCustomerId,
        facts.paymentMethodId,
        facts.cardBrand,
        facts.cardLast4,
        facts.captureBefore?.toISOString() ?? null,
      ],
    );
    if (rows.length > 0) await post(sql, [placedHold(`${payment.key}:${intent.id}`, amount)], ledgerOf(payment));
  });
  return (await findPaymentByKey(database, payment.key)) ?? payment;
}
