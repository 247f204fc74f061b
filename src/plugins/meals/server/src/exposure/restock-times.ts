import type { Sql } from '../../../../../shared/sql';

export interface OpenTime {
  /** Milliseconds since 1970. */
  readonly from: number;
  readonly to: number;
}

/** When a machine was being filled, between two times. One that nobody closed counts until now. @param machineRow a row id. */
export async function restockTimes(sql: Sql, machineRow: number, from: number, to: number): Promise<OpenTime[]> {
  return sql.rows<{ from: number; to: number }>(
    {
      name: 'meals.restock-times',
      text: `
select (extract(epoch from r.opened_at) * 1000)::float8 as "from",
  (extract(epoch from coalesce(r.closed_at, now() at time zone 'UTC')) * 1000)::float8 as "to"
from restocks_machine_lnk k join restocks r on r.id = k.restock_id
where k.machine_id = $1 and r.opened_at <= to_timestamp($3::float8 / 1000) at time zone 'UTC'
  and (r.closed_at is null or r.closed_at >= to_timestamp($2::float8 / 1000) at time zone 'UTC')
order by r.opened_at`,
    },
    [machineRow, from, to],
  );
}
