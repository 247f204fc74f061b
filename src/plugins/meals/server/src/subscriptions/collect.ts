import type { Sql } from '../../../../../shared/sql';
import type { Taken } from '../core/meal';
import type { MealsParts } from '../core/parts';
import type { FinishedPurchase } from '../store/purchase';
import { cover, type Cover } from './cover';
import { lockQuotas, useQuotas } from './quota';

const NOTHING: Cover = new Map();

/** What of a purchase is collected against its customer's subscriptions; the quotas go down by it in the same transaction. */
export async function collect(
  sql: Sql,
  purchase: FinishedPurchase,
  taken: readonly Taken[],
  parts: Pick<MealsParts, 'queue' | 'tell' | 'charge'>,
): Promise<Cover> {
  // What was charged already is not collected as well.
  if (!purchase.user || !purchase.isOpen) return NOTHING;
  const quotas = await lockQuotas(sql, purchase.user.id, parts);
  if (quotas.length === 0) return NOTHING;
  const prices = new Map(purchase.lines.map(({ sku, unitAmount }) => [sku, unitAmount]));
  const covered = cover(taken, quotas, (sku) => prices.get(sku) ?? 0);
  await useQuotas(sql, purchase, taken, covered);
  return covered;
}
