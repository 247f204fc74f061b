import type { Sql } from '../../../../../shared/sql';

export type LeftAs = 'sold' | 'collected' | 'stolen';

export interface Leaving {
  /** A row id. */
  readonly id: number;
  readonly as: LeftAs;
}

/**
 * Takes meals out of their machine with a purchase. One that has left meanwhile stays as it is.
 * @param transactionRow a row id.
 */
export async function leaveWith(sql: Sql, transactionRow: number, leaving: readonly Leaving[]): Promise<void> {
  if (leaving.length === 0) return;
  await sql.rows(
    {
      name: 'meals.leave',
      text: `
with gone as (
  update meals m set state = g."as", left_at = now(), updated_at = now()
  from jsonb_to_recordset($1::jsonb) as g(id int, "as" text) where m.id = g.id and m.state = 'stocked'
  returning m.id
),
out_of_machine as (delete from meals_machine_lnk k using gone where k.meal_id = gone.id)
insert into meals_transaction_lnk (meal_id, transaction_id) select id, $2 from gone on conflict do nothing`,
    },
    [JSON.stringify(leaving), transactionRow],
  );
}
