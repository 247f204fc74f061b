import type { Sql } from '../../../../../shared/sql';

/** A meal on a machine's shelves, with what is printed on it and nothing more. */
export interface ShelvedMeal {
  readonly barcode: string;
  readonly sku: string;
  readonly name: string;
  /** ISO 8601. */
  readonly expiresAt: string | null;
  readonly area: 'free_for_all' | 'subscription';
  /** Whose it is, as its label says; null for everybody's. */
  readonly labelName: string | null;
}

/** More than any fridge holds. */
const MOST = 2000;

/** @param machineId a row id. By product; what expires first comes first. */
export function findMealsOf(sql: Sql, machineId: number): Promise<ShelvedMeal[]> {
  return sql.rows<ShelvedMeal & Record<string, unknown>>(
    {
      name: 'meals.of-machine',
      text: `
select m.barcode, m.sku, coalesce(p.name, m.sku) as name, m.area,
  to_char(m.expires_at, 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as "expiresAt",
  case when u.id is not null or m.area = 'subscription' then coalesce(m.label_name, u.customer_id, '') end as "labelName"
from meals m join meals_machine_lnk k on k.meal_id = m.id left join products p on p.sku = m.sku
left join meals_reserved_for_lnk r on r.meal_id = m.id left join up_users u on u.id = r.user_id
where k.machine_id = $1 and m.state = 'stocked' order by m.sku, m.expires_at nulls last, m.barcode limit ${MOST}`,
    },
    [machineId],
  );
}
