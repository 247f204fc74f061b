/** A subscription as the REST API shows it: flat, every key always present. PostgreSQL writes the JSON. */
import type { Sql } from '../../../../../shared/sql';

const time = (column: string) => `to_char(${column}, 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;

/** Where a new period could not be charged, nothing is collected until it is. */
const STATE = `case when s.state = 'active' and s.charge_state = 'past_due' then 'past_due' else s.state end`;

const VIEW = `json_build_object('id', s.document_id, 'state', ${STATE}, 'customerId', c.customer_id,
  'planId', p.document_id, 'plan', p.name, 'period', p.period, 'mealsPerPeriod', p.meals_per_period,
  'quotaUsed', s.quota_used, 'quotaLeft', greatest(0, p.meals_per_period - s.quota_used),
  'unitAmount', p.unit_amount, 'currency', p.currency, 'validFrom', ${time('s.valid_from')}, 'validTo', ${time('s.valid_to')},
  'periodStart', ${time('s.period_start')}, 'periodEnd', ${time('s.period_end')}, 'pausedAt', ${time('s.paused_at')},
  'referralCode', s.referral_code, 'expertId', e.expert_id, 'createdAt', ${time('s.created_at')})`;

const FROM = `subscriptions s
  join subscriptions_plan_lnk l on l.subscription_id = s.id join plans p on p.id = l.plan_id
  join subscriptions_user_lnk u on u.subscription_id = s.id join up_users c on c.id = u.user_id
  left join subscriptions_expert_lnk x on x.subscription_id = s.id left join experts e on e.id = x.expert_id`;

/** @param userId where given, only a subscription of this user is found. */
export async function findSubscription(sql: Sql, id: string, userId: number | null): Promise<string | undefined> {
  const [row] = await sql.rows<{ json: string }>(
    {
      name: 'meals.subscription',
      text: `select ${VIEW}::text as json from ${FROM} where s.document_id = $1 and ($2::int is null or u.user_id = $2)`,
    },
    [id, userId],
  );
  return row?.json;
}

export interface SubscriptionSearch {
  readonly customerId: string | null;
  readonly state: string | null;
  readonly page: number;
  readonly pageSize: number;
  /** Where given, only subscriptions of this user are found. */
  readonly onlyUserId: number | null;
}

/** The JSON of `{ data, meta }`, newest first. */
export async function searchSubscriptions(sql: Sql, search: SubscriptionSearch): Promise<string> {
  const [row] = await sql.rows<{ json: string }>(
    {
      name: 'meals.subscriptions',
      text: `
with found as (
  select s.id, ${VIEW} as view from ${FROM}
  where ($1::int is null or u.user_id = $1)
    and ($2::text is null or u.user_id = (select id from up_users where customer_id = $2)) and ($3::text is null or ${STATE} = $3)
)
select json_build_object('data', coalesce((select json_agg(f.view order by f.id desc) from
    (select * from found order by id desc limit $5 offset ($4::int - 1) * $5::int) f), '[]'::json),
  'meta', json_build_object('page', $4::int, 'pageSize', $5::int, 'total', (select count(*)::int from found)))::text as json`,
    },
    [search.onlyUserId, search.customerId, search.state, search.page, search.pageSize],
  );
  return row?.json ?? '';
}
