import type { Sql } from '../../../../../shared/sql';
import type { StandingMeal } from '../core/meal';

/** Takes turns with whoever else moves meals of this machine, until the transaction ends. */
export async function lockStock(sql: Sql, machineId: string): Promise<void> {
  await sql.rows(
    { name: 'meals.lock-stock', text: `select pg_advisory_xact_lock(hashtextextended('larder.stock ' || $1, 0))` },
    [machineId],
  );
}

/** The meals that stand in a machine. @param machineRow a row id. */
export async function findStanding(sql: Sql, machineRow: number): Promise<StandingMeal[]> {
  return sql.rows<{
    id: number;
    barcode: string;
    sku: string;
    expiresAt: number | null;
    reservedFor: number | null;
    isSellable: boolean;
  }>(
    {
      name: 'meals.standing',
      text: `
select m.id, m.barcode, m.sku, (extract(epoch from m.expires_at) * 1000)::float8 as "expiresAt", r.user_id as "reservedFor",
  coalesce(m.expires_at > now(), true) and m.exposed_at is null and coalesce(o.state = 'selling', true) as "isSellable"
from meals_machine_lnk k join meals m on m.id = k.meal_id
left join meals_reserved_for_lnk r on r.meal_id = m.id
left join meals_lot_lnk l on l.meal_id = m.id left join lots o on o.id = l.lot_id
where k.machine_id = $1 and m.state = 'stocked'`,
    },
    [machineRow],
  );
}
