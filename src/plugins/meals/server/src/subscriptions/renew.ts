/** A new period begins when the last one is over; a subscription ends when its validity does. By the database's clock. */
import type { Sql } from '../../../../../shared/sql';
import type { MealsParts } from '../core/parts';
import { renewedNews, type Renewal } from './renewed-news';

type Parts = Pick<MealsParts, 'queue' | 'tell' | 'charge'>;

/**
 * Within a transaction, so that nothing begins without being told.
 * @param userId of this customer only; of everybody where null.
 * @returns how many began a new period or ended.
 */
export async function renewDue(sql: Sql, userId: number | null, { queue, tell, charge }: Parts): Promise<number> {
  const rows = await sql.rows<Renewal & { isEnded: boolean; userId: number | null }>(
    {
      name: 'meals.renew',
      text: `
with due as (
  select s.id, n.starts, n.ends, s.period_end <= now() as is_over, p.document_id as plan_id, p.name, p.unit_amount, p.currency,
    p.is_charged and p.unit_amount > 0 and $2 and (s.valid_to is null or s.valid_to > now()) as is_charged
  from subscriptions s
  join subscriptions_plan_lnk l on l.subscription_id = s.id join plans p on p.id = l.plan_id,
    larder.period_of(s.valid_from, p.period, least(now() at time zone 'UTC', coalesce(s.valid_to, 'infinity'))) n
  where s.state = 'active' and (s.period_end <= now() or s.valid_to <= now())
    and ($1::int is null or exists (select 1 from subscriptions_user_lnk u where u.subscription_id = s.id and u.user_id = $1))
  order by s.period_end limit 500 for update of s skip locked
)
update subscriptions s set
  state = case when s.valid_to <= now() then 'ended' else s.state end,
  period_start = due.starts, period_end = due.ends,
  quota_used = case when due.is_over then 0 else s.quota_used end,
  charge_key = case when not due.is_over then s.charge_key when due.is_charged
    then format('subscription:%s:%s', s.document_id, floor(extract(epoch from due.starts) * 1000)) end,
  charge_state = case when not due.is_over then s.charge_state when due.is_charged then 'pending' else 'none' end,
  updated_at = now()
from due where s.id = due.id
returning s.document_id as id, s.state = 'ended' as "isEnded", due.plan_id as "planId", due.name as plan,
  due.unit_amount as "unitAmount", due.currency,
  case when due.is_over and due.is_charged then s.charge_key end as "chargeKey",
  (select u.user_id from subscriptions_user_lnk u where u.subscription_id = s.id) as "userId",
  due.starts at time zone 'UTC' as "periodStart", due.ends at time zone 'UTC' as "periodEnd",
  (select c.customer_id from subscriptions_user_lnk u join up_users c on c.id = u.user_id where u.subscription_id = s.id) as "customerId"`,
    },
    [userId, charge !== null],
  );
  for (const { chargeKey: periodKey, userId: payer, unitAmount: amount, currency } of rows) {
    if (periodKey && payer !== null) await charge?.(sql, { periodKey, attempt: 1, userId: payer, amount, currency });
  }
  await queue.send(
    sql,
    rows.filter(({ isEnded }) => !isEnded).flatMap((renewal) => tell(renewedNews(renewal))),
  );
  return rows.length;
}
