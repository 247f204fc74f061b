/** The owner of a stolen meal of which no equal one is left: its share of their subscription's price is given back, once. */
import { z } from 'zod';
import type { Job } from '../../../../../shared/jobs';
import type { JobHandler } from '../../../../../shared/queue';
import type { Sql } from '../../../../../shared/sql';
import type { GivenBack } from '../../../../billing/server/src/periods/give-back-share';
import type { MealsParts } from '../core/parts';
import { queues } from '../core/queues';
import { tellOfTheft, type ToldTheft } from './told';

const jobData = z.object({ transactionId: z.string(), barcode: z.string(), isBlocked: z.boolean() });

type Parts = Pick<MealsParts, 'database' | 'queue' | 'notifier' | 'tell' | 'giveBack'>;

/** A job of its own: it locks what is the owner's, and the purchase's own transaction has locked what is the taker's. */
export function compensateJob(data: z.output<typeof jobData>): Job {
  return { queue: queues.compensate, data, singletonKey: `${data.transactionId}:${data.barcode}` };
}

export function createCompensateHandler(parts: Parts): JobHandler {
  return tellOnce(parts, (sql, theft) => compensate(sql, theft, parts));
}

/** What could not be decided, again and again, is told all the same: the owner is owed a meal. */
export function createDeadCompensateHandler(parts: Parts): JobHandler {
  return tellOnce(parts, async () => null);
}

function tellOnce(parts: Parts, refundFor: (sql: Sql, theft: Theft) => Promise<GivenBack | null>): JobHandler {
  return async ({ data }) => {
    const { transactionId, barcode, isBlocked } = jobData.parse(data);
    await parts.database.transaction(async (sql) => {
      const theft = await claimTheft(sql, transactionId, barcode);
      if (!theft) return;
      const refund = await refundFor(sql, theft);
      const { ownerId: _, ...rest } = theft;
      await parts.queue.send(sql, tellOfTheft({ ...rest, isBlocked, offer: null, refund }, parts));
    });
  };
}

async function compensate(sql: Sql, theft: Theft, parts: Parts): Promise<GivenBack | null> {
  const refund = await giveBack(sql, theft, parts);
  if (refund) await noteRefund(sql, theft, refund);
  return refund;
}

type Theft = Omit<ToldTheft, 'isBlocked' | 'offer' | 'refund'> & {
  /** A row id. */
  readonly ownerId: number;
};

/** The theft, of which nobody was told yet; whoever comes second finds nothing. */
async function claimTheft(sql: Sql, transactionId: string, barcode: string): Promise<Theft | undefined> {
  const [theft] = await sql.rows<Theft>(
    {
      name: 'meals.claim-theft',
      text: `
update larder.thefts t set compensated_at = now()
where transaction_id = $1 and barcode = $2 and is_owed and compensated_at is null
returning transaction_id as "transactionId", machine_id as "machineId", barcode, sku, is_seen as "isSeen", owner_id as "ownerId",
  (select customer_id from up_users where id = t.taker_id) as "takerCustomerId",
  (select customer_id from up_users where id = t.owner_id) as "ownerCustomerId"`,
    },
    [transactionId, barcode],
  );
  return theft;
}

/** From the subscription that would have paid for it, which has one meal fewer for that. */
async function giveBack(sql: Sql, theft: Theft, parts: Parts): Promise<GivenBack | null> {
  if (!parts.giveBack) return null;
  const [paying] = await sql.rows<{ id: number; periodKey: string; meals: number }>(
    {
      name: 'meals.paying-subscription',
      text: `
select s.id, s.charge_key as "periodKey", p.meals_per_period as meals
from subscriptions_user_lnk u join subscriptions s on s.id = u.subscription_id
join subscriptions_plan_lnk l on l.subscription_id = s.id join plans p on p.id = l.plan_id
where u.user_id = $1 and s.state = 'active' and s.period_end > now() and s.quota_used < p.meals_per_period
  and s.charge_state = 'paid' and larder.plan_covers(p.id, $2)
order by s.period_end, s.id limit 1 for update of s`,
    },
    [theft.ownerId, theft.sku],
  );
  if (!paying) return null;
  const { transactionId, barcode } = theft;
  const refund = await parts.giveBack(sql, {
    ...paying,
    reason: `The meal ${barcode} was taken by somebody else`,
    occurrence: `${transactionId}:${barcode}`,
  });
  if (refund) await sql.rows(`update subscriptions set quota_used = quota_used + 1 where id = $1`, [paying.id]);
  return refund;
}

async function noteRefund(sql: Sql, { transactionId, barcode }: Theft, { amount, currency }: GivenBack): Promise<void> {
  await sql.rows(
    `update larder.thefts set is_owed = false, refund_amount = $3, refund_currency = $4
     where transaction_id = $1 and barcode = $2`,
    [transactionId, barcode, amount, currency],
  );
}
