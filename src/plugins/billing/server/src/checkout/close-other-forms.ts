import type { Checkout } from '../core/checkout';
import type { BillingParts } from '../core/parts';
import { findOpenDebtCheckouts } from '../store/checkouts';
import { refreshCheckout } from './refresh';

/**
 * Ends the other open forms in which a customer could pay the same debts. One that cannot be ended because it was just paid
 * is written down as such; with Stripe away they stay, and what is then paid twice comes before a person.
 */
export async function closeOtherForms(checkout: Checkout, parts: BillingParts): Promise<void> {
  for (const other of await findOpenDebtCheckouts(parts.database, checkout.user.id, checkout.id)) {
    const { stripeSessionId } = other;
    if (stripeSessionId === null) continue;
    await parts.call((stripe) => stripe.checkout.sessions.expire(stripeSessionId));
    await refreshCheckout(other, parts);
  }
}
