/** The books of what was stolen: who took it, whose it was, and what was kept for its owner instead. */
import type { Sql } from '../../../../../shared/sql';

export interface Theft {
  /** Row ids of the stolen meal and of the one that is kept for its owner now; null where none is left. */
  readonly mealId: number;
  readonly offerId: number | null;
  /** Whether the fridge saw it taken; else it is concluded from the fridge's list of products. */
  readonly isSeen: boolean;
  /** What is charged for it, in minor units. */
  readonly amount: number;
}

export interface TheftOf {
  readonly transactionId: string;
  readonly machineId: string;
  /** A row id; null where nobody is known. */
  readonly takerId: number | null;
  readonly currency: string;
}

export interface RecordedTheft extends Theft {
  readonly barcode: string;
  readonly sku: string;
  readonly ownerCustomerId: string | null;
  readonly offer: string | null;
}

/** Writes them down, and puts the owners' names on what is offered. */
export async function recordThefts(
  sql: Sql,
  { transactionId, machineId, takerId, currency }: TheftOf,
  thefts: readonly Theft[],
): Promise<RecordedTheft[]> {
  return sql.rows<RecordedTheft & Record<string, unknown>>(
    {
      name: 'meals.record-thefts',
      text: `
with theft as (
  select i.*, m.barcode, m.sku, m.label_name, r.user_id as owner_id, u.customer_id, o.barcode as offer
  from jsonb_to_recordset($5::jsonb) as i("mealId" int, "offerId" int, "isSeen" boolean, amount int)
  join meals m on m.id = i."mealId" join meals_reserved_for_lnk r on r.meal_id = m.id join up_users u on u.id = r.user_id
  left join meals o on o.id = i."offerId"
),
recorded as (
  insert into larder.thefts (transaction_id, barcode, sku, machine_id, taker_id, owner_id, is_seen, amount, currency, offer, is_owed)
  select $1, barcode, sku, $2, $3, owner_id, "isSeen", amount, $4, offer, offer is null from theft
),
labelled as (
  update meals m set area = 'subscription', label_name = t.label_name, updated_at = now() from theft t where m.id = t."offerId"
),
reserved as (
  insert into meals_reserved_for_lnk (meal_id, user_id) select "offerId", owner_id from theft where "offerId" is not null
)
select "mealId", "offerId", "isSeen", amount, barcode, sku, customer_id as "ownerCustomerId", offer from theft order by barcode`,
    },
    [transactionId, machineId, takerId, currency, JSON.stringify(thefts)],
  );
}

/**
 * Counts meals that were seen stolen against whoever took them.
 * @param blockAfter from so many in all on, no door opens for them any more.
 */
export async function countAgainst(sql: Sql, takerId: number, thefts: number, blockAfter: number): Promise<boolean> {
  const [row] = await sql.rows<{ isBlocked: boolean }>(
    {
      name: 'meals.count-thefts',
      text: `
update up_users set theft_count = coalesce(theft_count, 0) + $2, updated_at = now(),
  blocked = coalesce(blocked, false) or coalesce(theft_count, 0) + $2 >= $3
where id = $1 returning blocked as "isBlocked"`,
    },
    [takerId, thefts, blockAfter],
  );
  return row?.isBlocked ?? false;
}
