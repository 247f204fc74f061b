import { StripeNotNow } from '../core/answer';
import type { BillingParts } from '../core/parts';

/** Longer than a change takes: a call to Stripe and a few statements. In milliseconds. */
const WAIT_MS = 5000;

/**
 * Runs `work` while nobody else, here or on another instance, changes which card is a customer's. The card is kept in two
 * places, ours and Stripe's: changes that overlap would leave one of them with the older.
 * @throws {StripeNotNow} when it is not our turn in time.
 */
export async function withCardOf<Value>(
  userId: number,
  { locks }: BillingParts,
  work: () => Promise<Value>,
): Promise<Value> {
  let done: { readonly value: Value } | undefined;
  await locks.inTurn(`billing.card.${userId}`, async () => void (done = { value: await work() }), WAIT_MS);
  if (done) return done.value;
  throw new StripeNotNow("Change a customer's card", { kind: 'busy', message: 'another change takes long' });
}
