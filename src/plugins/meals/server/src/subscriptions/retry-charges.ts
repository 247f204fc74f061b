/** A period whose charge was declined is tried again, a day later each time, while it lasts. */
import { MOST_TRIES } from '../../../../billing/server/src/periods/charge-period';
import type { Sql } from '../../../../../shared/sql';
import type { MealsParts } from '../core/parts';

type Due = {
  readonly periodKey: string;
  readonly tries: number;
  readonly userId: number;
  readonly amount: number;
  readonly currency: string;
};

/** Within a transaction. With the card that is the customer's own by then. @returns how many are tried again. */
export async function retryCharges(sql: Sql, { charge }: Pick<MealsParts, 'charge'>): Promise<number> {
  if (!charge) return 0;
  const due = await sql.rows<Due>(
    {
      name: 'meals.charges-to-retry',
      text: `
select s.charge_key as "periodKey", a.tries, u.user_id as "userId", a.amount, a.currency
from subscriptions s join subscriptions_user_lnk u on u.subscription_id = s.id
cross join lateral (
  select count(*)::int as tries, bool_and(p.state = 'declined') as is_declined, max(p.ended_at) as ended_at,
    max(p.capture_amount) as amount, max(p.currency) as currency
  from payments p where p.key = any(array(select s.charge_key || ':' || n from generate_series(1, $1::int) n))
) a
where s.charge_key is not null and s.state = 'active' and s.period_end > now()
  and a.is_declined and a.tries < $1::int and a.ended_at < now() - interval '1 day'
order by s.id limit 500`,
    },
    [MOST_TRIES],
  );
  for (const { tries, ...order } of due) await charge(sql, { ...order, attempt: tries + 1 });
  return due.length;
}
