import type { PurchaseView } from '../../../plugins/purchases/server/src/services';

/** Whose purchase it is and what their money is called elsewhere: no business of a screen that everybody can read. */
const PRIVATE = ['customerId', 'paymentIntentId', 'referralCode', 'expertId'];

/** A purchase as the reader in its fridge may see it, as JSON. */
export function forReader({ json }: PurchaseView): string {
  const view = JSON.parse(json) as Record<string, unknown>;
  return JSON.stringify(Object.fromEntries(Object.entries(view).filter(([key]) => !PRIVATE.includes(key))));
}
