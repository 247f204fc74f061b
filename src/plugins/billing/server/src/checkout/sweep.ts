/** Checkouts that no webhook told of: looked at from time to time until they have ended. */
import type { BillingParts } from '../core/parts';
import { takeStaleCheckouts } from '../store/stale-checkouts';
import { refreshCheckout } from './refresh';

export function createCheckoutSweep(parts: BillingParts): () => Promise<void> {
  return async () => {
    for (const checkout of await takeStaleCheckouts(parts.database)) await refreshCheckout(checkout, parts);
  };
}
