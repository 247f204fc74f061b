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

const time = (column: string) => `to_char(${column}, 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;

/** The SQL expression of what a machine holds, as a JSON list. @param machineRow the SQL expression of its row id. */
export const INVENTORY_JSON = (machineRow: string) => `coalesce((
  select json_agg(json_build_object('sku', i.sku, 'name', i.name, 'count', i.count, 'reserved', i.reserved,
    'nextExpiry', ${time('i.next_expiry')}) order by i.name, i.sku)
  from (
    select s.sku, coalesce(p.name, s.sku) as name, s.quantity as count, count(r.user_id)::int as reserved,
      min(e.expires_at) as next_expiry
    from machines f join larder.stock s on s.machine_id = f.document_id and s.quantity <> 0
    left join products p on p.sku = s.sku
    left join (meals_machine_lnk k join meals e on e.id = k.meal_id and e.state = 'stocked')
      on k.machine_id = f.id and e.sku = s.sku
    left join meals_reserved_for_lnk r on r.meal_id = e.id
    where f.id = ${machineRow} group by s.sku, p.name, s.quantity
  ) i), '[]'::json)`;

/** What a machine holds by product. @param machineId its documentId. */
export async function findInventory(sql: Sql, machineId: string): Promise<InventoryLine[]> {
  const [row] = await sql.rows<{ inventory: InventoryLine[] }>(
    {
      name: 'meals.inventory',
      text: `select ${INVENTORY_JSON('m.id')} as inventory from machines m where m.document_id = $1`,
    },
    [machineId],
  );
  return row?.inventory ?? [];
}
