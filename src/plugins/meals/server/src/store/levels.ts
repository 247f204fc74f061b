/** How much of each product a machine holds. */
import type { Sql } from '../../../../../shared/sql';

/** Products of which the ledger says that less than none is left. */
export async function findNegative(
  sql: Sql,
  machineId: string,
  skus: readonly string[],
): Promise<{ sku: string; quantity: number }[]> {
  return sql.rows<{ sku: string; quantity: number }>(
    {
      name: 'meals.negative',
      text: `select sku, quantity from larder.stock where machine_id = $1 and sku = any($2) and quantity < 0 order by sku`,
    },
    [machineId, skus],
  );
}

export interface InventoryLine {
  readonly sku: string;
  readonly name: string;
  readonly count: number;
  /** Of these, how many carry a customer's name. */
  readonly reserved: number;
  /** When the first of them expires; null where none of them says. */
  readonly nextExpiry: string | null;
}

/** What a machine holds by product, for its page and its health. One statement. */
export async function findInventory(sql: Sql, machineId: string): Promise<InventoryLine[]> {
  return sql.rows<{ sku: string; name: string; count: number; reserved: number; nextExpiry: string | null }>(
    {
      name: 'meals.inventory',
      text: `
select s.sku, coalesce(p.name, s.sku) as name, s.quantity as count, coalesce(m.reserved, 0) as reserved,
  to_char(m.next_expiry, 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as "nextExpiry"
from larder.stock s
left join products p on p.sku = s.sku
left join (
  select m.sku, count(r.user_id)::int as reserved, min(m.expires_at) as next_expiry
  from machines f join meals_machine_lnk k on k.machine_id = f.id join meals m on m.id = k.meal_id
  left join meals_reserved_for_lnk r on r.meal_id = m.id
  where f.document_id = $1 and m.state = 'stocked' group by m.sku
) m on m.sku = s.sku
where s.machine_id = $1 and s.quantity <> 0 order by name, s.sku`,
    },
    [machineId],
  );
}
