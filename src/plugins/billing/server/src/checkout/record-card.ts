import type Stripe from 'stripe';
import { StripeNotNow } from '../core/answer';
import type { Checkout } from '../core/checkout';
import type { BillingParts } from '../core/parts';
import { changeCheckout } from '../store/checkouts';
import { isLatestCard, keepCard } from '../store/saved-card';
import { idOf } from '../stripe/intent-facts';
import { withCardOf } from '../customers/with-card';
import { expanded } from './session-state';

/**
 * A card was saved: it becomes the customer's own, here and at Stripe, where invoices are then paid with it. Setting it
 * there may happen twice; it comes first, so that a repeated try finds what is still to be done.
 * @throws {StripeNotNow} when Stripe cannot say now.
 */
export function recordCard(checkout: Checkout, session: Stripe.Checkout.Session, parts: BillingParts): Promise<void> {
  return withCardOf(checkout.user.id, parts, () => record(checkout, session, parts));
}

async function record(
  checkout: Checkout,
  session: Stripe.Checkout.Session,
  { database, call }: BillingParts,
): Promise<void> {
  const method = expanded(expanded(session.setup_intent)?.payment_method);
  const customer = idOf(session.customer);
  if (!method || customer === null) throw new Error(`The session ${session.id} saved no card.`);
  const isWanted = checkout.state !== 'complete' && (await isLatestCard(database, checkout));
  if (isWanted) {
    const answer = await call((stripe) =>
      stripe.customers.update(customer, { invoice_settings: { default_payment_method: method.id } }),
    );
    if (answer.kind !== 'ok') throw new StripeNotNow('Set the saved card at Stripe', answer);
  }
  await database.transaction(async (sql) => {
    const isNew = await changeCheckout(sql, checkout.id, { to: 'complete', stripeSessionId: session.id });
    if (!isNew || !isWanted) return;
    const { brand = null, last4 = null, fingerprint = null } = method.card ?? {};
    await keepCard(sql, checkout.user.id, { paymentMethodId: method.id, brand, last4, fingerprint });
  });
}
