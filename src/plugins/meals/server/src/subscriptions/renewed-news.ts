import type { News } from '../core/news';

/** A subscription whose next period has begun. */
export type Renewal = {
  /** A documentId. */
  readonly id: string;
  readonly customerId: string | null;
  readonly planId: string;
  readonly plan: string;
  /** The plan's price for a period, in minor units. */
  readonly unitAmount: number;
  readonly currency: string;
  /** Names what Larder charges for it; null where it charges nothing. */
  readonly chargeKey: string | null;
  readonly periodStart: Date;
  readonly periodEnd: Date;
};

/** With the price, for whoever charges it where Larder does not. */
export function renewedNews(renewal: Renewal): News {
  const { id, customerId, planId, plan, unitAmount, currency, chargeKey, periodStart, periodEnd } = renewal;
  return {
    id: `${id}-renewed-${periodStart.getTime()}`,
    type: 'subscription.renewed',
    transactionId: null,
    data: {
      subscriptionId: id,
      customerId,
      plan: { id: planId, name: plan },
      unitAmount,
      currency,
      isCharged: chargeKey !== null,
      periodStart: periodStart.toISOString(),
      periodEnd: periodEnd.toISOString(),
    },
  };
}
