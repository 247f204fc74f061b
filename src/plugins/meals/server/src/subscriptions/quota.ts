/** What a customer's subscriptions have left, and what is taken from it. */
import type { Sql } from '../../../../../shared/sql';
import type { Taken } from '../core/meal';
import type { MealsParts } from '../core/parts';
import type { Cover, Quota } from './cover';
import { renewDue } from './renew';

/**
 * The subscriptions that may pay at this moment, the one whose period ends first first. Their rows stay locked until the
 * transaction ends. @param userId a row id.
 */
export async function lockQuotas(
  sql: Sql,
  userId: number,
  parts: Pick<MealsParts, 'queue' | 'tell' | 'charge'>,
): Promise<Quota[]> {
  await renewDue(sql, userId, parts);
  const rows = await sql.rows<{ id: number; left: number; free: boolean; skus: string[] | null }>(
    {
      name: 'meals.quotas',
      text: `
select s.id, p.meals_per_period - s.quota_used as left, p.covers_free_for_all as free,
  case when jsonb_array_length(coalesce(p.categories, '[]')) > 0 or exists (select 1 from plans_products_lnk where plan_id = p.id)
    then array(select sku from products f where p.categories ? f.category
      or f.id in (select product_id from plans_products_lnk where plan_id = p.id)) end as skus
from subscriptions_user_lnk u join subscriptions s on s.id = u.subscription_id
join subscriptions_plan_lnk l on l.subscription_id = s.id join plans p on p.id = l.plan_id
where u.user_id = $1 and s.state = 'active' and s.valid_from <= now() and (s.valid_to is null or now() < s.valid_to)
  and s.quota_used < p.meals_per_period and s.charge_state in ('none', 'paid')
order by s.period_end, s.id for update of s`,
    },
    [userId],
  );
  return rows.map(({ id, left, free, skus }) => ({
    subscriptionId: id,
    left,
    coversFreeForAll: free,
    skus: skus && new Set(skus),
  }));
}

/** Writes down what was collected, and takes it from the quotas; in the transaction that locked them. */
export async function useQuotas(
  sql: Sql,
  purchase: { readonly id: number; readonly documentId: string },
  taken: readonly Taken[],
  cover: Cover,
): Promise<void> {
  const items = taken.flatMap((one, item) => {
    const subscription = cover.get(one);
    return subscription === undefined ? [] : [{ item, subscription, sku: one.sku, barcode: one.meal?.barcode ?? null }];
  });
  if (items.length === 0) return;
  await sql.rows(
    {
      name: 'meals.collect',
      text: `
with input as (select * from jsonb_to_recordset($2::jsonb) as x(item int, subscription int, sku text, barcode text)),
collected as (
  insert into larder.collections (transaction_id, item, subscription_id, sku, barcode)
  select $1, item, subscription, sku, barcode from input on conflict do nothing returning subscription_id
),
used as (
  update subscriptions s set quota_used = s.quota_used + c.n, updated_at = now()
  from (select subscription_id, count(*)::int as n from collected group by 1) c where s.id = c.subscription_id
)
insert into transactions_subscription_lnk (transaction_id, subscription_id)
select $3, min(subscription_id) from collected having count(*) > 0 on conflict do nothing`,
    },
    [purchase.documentId, JSON.stringify(items), purchase.id],
  );
}
