/** Which of what was taken a customer's subscriptions pay for. */
import type { Taken } from '../core/meal';

/** What a subscription has left in this period, and what it may be used for. */
export interface Quota {
  /** A row id. */
  readonly subscriptionId: number;
  /** Meals. */
  readonly left: number;
  /** Also meals without a name on them, not only the customer's own. */
  readonly coversFreeForAll: boolean;
  /** Null: any product. */
  readonly skus: ReadonlySet<string> | null;
}

/** Each item that is covered, and the row id of the subscription that pays for it. */
export type Cover = ReadonlyMap<Taken, number>;

/**
 * The customer's own meals first, then free ones where a plan covers those; of these the dearest, because that is what the
 * customer would want. What is somebody else's is never covered.
 * @param quotas in the order in which they are used.
 * @param priceOf of one of this product, minor units.
 */
export function cover(taken: readonly Taken[], quotas: readonly Quota[], priceOf: (sku: string) => number): Cover {
  const left = new Map(quotas.map((quota) => [quota, quota.left]));
  const covered = new Map<Taken, number>();
  const inOrder = taken
    .filter(({ as }) => as !== 'reserved')
    .sort((a, b) => Number(b.as === 'own') - Number(a.as === 'own') || priceOf(b.sku) - priceOf(a.sku));
  for (const one of inOrder) {
    const quota = quotas.find((each) => (left.get(each) ?? 0) > 0 && mayPayFor(each, one));
    if (!quota) continue;
    left.set(quota, (left.get(quota) ?? 0) - 1);
    covered.set(one, quota.subscriptionId);
  }
  return covered;
}

function mayPayFor({ coversFreeForAll, skus }: Quota, { sku, as }: Taken): boolean {
  return (as === 'own' || coversFreeForAll) && (skus === null || skus.has(sku));
}
