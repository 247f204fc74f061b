import type { Sql } from '../../../../../shared/sql';

/** Claims the check of this night (UTC), once. @param hour before which it is not the time yet. */
export async function claimStockNight(sql: Sql, hour: number): Promise<boolean> {
  const rows = await sql.rows(
    {
      name: 'meals.claim-stock-night',
      text: `insert into larder.stock_nights (night) select current_date where extract(hour from now()) >= $1
on conflict do nothing returning night`,
    },
    [hour],
  );
  return rows.length > 0;
}
