import { newDocumentId } from '../../../../../shared/ids';
import type { Sql } from '../../../../../shared/sql';

/** Somebody has brought somebody. */
export type CreditedReferral = {
  /** A documentId. */
  readonly id: string;
  readonly code: string;
  /** In minor units. */
  readonly rewardAmount: number;
  readonly currency: string;
  readonly referrerCustomerId: string | null;
  readonly referredCustomerId: string | null;
};

/**
 * Writes down who brought this customer, with the reward for it: at their first completed purchase, where it names a code
 * of somebody else's. A customer is brought once, ever.
 * @param transactionRow a row id.
 * @returns undefined where nobody is credited, or was before.
 */
export async function creditReferral(sql: Sql, transactionRow: number): Promise<CreditedReferral | undefined> {
  const [credited] = await sql.rows<CreditedReferral>(
    {
      name: 'meals.credit-referral',
      text: `
with brought as (
  select t.id as transaction_id, c.id, c.code, c.reward_amount, c.currency, r.user_id as referrer, b.user_id as referred
  from transactions t join referral_codes c on c.code = t.referral_code and c.active
  join referral_codes_user_lnk r on r.referral_code_id = c.id
  join transactions_user_lnk b on b.transaction_id = t.id and b.user_id <> r.user_id
  where t.id = $1 and not exists (
    select 1 from transactions_user_lnk k join transactions o on o.id = k.transaction_id
    where k.user_id = b.user_id and o.state = 'completed' and o.id <> t.id and o.completed_at <= t.completed_at)
),
made as (
  insert into referrals (document_id, key, code, reward_amount, currency, credited_at, created_at, updated_at, published_at)
  select $2::text, 'referred:' || referred, code, reward_amount, currency, now(), now(), now(), now() from brought
  on conflict (key) do nothing returning id
),
of_referrer as (insert into referrals_referrer_lnk (referral_id, user_id) select made.id, referrer from made, brought),
of_referred as (insert into referrals_referred_lnk (referral_id, user_id) select made.id, referred from made, brought),
of_transaction as (
  insert into referrals_transaction_lnk (referral_id, transaction_id) select made.id, transaction_id from made, brought
)
select $2::text as id, code, reward_amount as "rewardAmount", currency,
  (select customer_id from up_users where id = referrer) as "referrerCustomerId",
  (select customer_id from up_users where id = referred) as "referredCustomerId"
from made, brought`,
    },
    [transactionRow, newDocumentId()],
  );
  return credited;
}
