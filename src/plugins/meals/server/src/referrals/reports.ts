/** Who brought whom, and whose orders they are: sums over a span of time, by code and by expert. */
import type { Sql } from '../../../../../shared/sql';

export interface Span {
  readonly from: Date | null;
  readonly to: Date | null;
}

export interface ReferralReport {
  readonly code: string;
  /** The front end's id of whose code it is. */
  readonly customerId: string | null;
  readonly referred: number;
  /** Minor units. */
  readonly rewardAmount: number;
  readonly currency: string;
}

export function reportReferrals(sql: Sql, { from, to }: Span): Promise<ReferralReport[]> {
  return sql.rows<ReferralReport & Record<string, unknown>>(
    {
      name: 'meals.report-referrals',
      text: `
select r.code, u.customer_id as "customerId", count(*)::int as referred, sum(r.reward_amount)::float8 as "rewardAmount", r.currency
from referrals r left join referrals_referrer_lnk l on l.referral_id = r.id left join up_users u on u.id = l.user_id
where ($1::timestamp is null or r.credited_at >= $1) and ($2::timestamp is null or r.credited_at < $2)
group by 1, 2, 5 order by 3 desc, 1`,
    },
    [from?.toISOString() ?? null, to?.toISOString() ?? null],
  );
}

export interface ExpertReport {
  readonly expertId: string;
  /** Null for an id that no expert of ours has. */
  readonly name: string | null;
  readonly orders: number;
  readonly customers: number;
  /** Minor units. */
  readonly totalAmount: number;
  readonly currency: string;
}

export function reportExperts(sql: Sql, { from, to }: Span): Promise<ExpertReport[]> {
  return sql.rows<ExpertReport & Record<string, unknown>>(
    {
      name: 'meals.report-experts',
      text: `
select t.expert_id as "expertId", e.name, count(*)::int as orders, count(distinct u.user_id)::int as customers,
  sum(t.total_amount)::float8 as "totalAmount", t.currency
from transactions t left join experts e on e.expert_id = t.expert_id left join transactions_user_lnk u on u.transaction_id = t.id
where t.expert_id is not null and t.state = 'completed'
  and ($1::timestamp is null or t.created_at >= $1) and ($2::timestamp is null or t.created_at < $2)
group by 1, 2, 6 order by 3 desc, 1`,
    },
    [from?.toISOString() ?? null, to?.toISOString() ?? null],
  );
}
