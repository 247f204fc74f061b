/** What the database knows of barcodes, products, lots and customers that somebody names. */
import type { Sql } from '../../../../../shared/sql';
import type { KnownLot } from '../core/plan-in';
import type { KnownMeal } from '../core/restock';

/** The machines (documentIds) where meals stand now: a first look, to know what to lock. */
export async function findMachinesOf(sql: Sql, barcodes: readonly string[]): Promise<string[]> {
  const rows = await sql.rows<{ id: string }>(
    {
      name: 'meals.machines-of',
      text: `select distinct f.document_id as id from meals m join meals_machine_lnk k on k.meal_id = m.id
join machines f on f.id = k.machine_id where m.barcode = any($1)`,
    },
    [barcodes],
  );
  return rows.map(({ id }) => id);
}

/**
 * The meals of these barcodes, and those that stand in a machine where one is given. Their rows stay locked until the
 * transaction ends.
 * @param machineRow a row id, or null for the barcodes alone.
 */
export async function lockMeals(
  sql: Sql,
  barcodes: readonly string[],
  machineRow: number | null,
): Promise<ReadonlyMap<string, KnownMeal>> {
  const rows = await sql.rows<KnownMeal & { barcode: string }>(
    {
      name: 'meals.lock-meals',
      text: `
select m.id, m.barcode, m.sku, m.state, (extract(epoch from m.expires_at) * 1000)::float8 as "expiresAt",
  exists (select 1 from meals_reserved_for_lnk r where r.meal_id = m.id) as "isReserved",
  coalesce(o.state = 'recalled', false) as "isLotRecalled",
  case when f.id is not null then jsonb_build_object('id', f.id, 'documentId', f.document_id, 'label', f.label) end as machine
from meals m
left join meals_lot_lnk l on l.meal_id = m.id left join lots o on o.id = l.lot_id
left join meals_machine_lnk k on k.meal_id = m.id left join machines f on f.id = k.machine_id
where m.id in (
  select id from meals where barcode = any($1) union select meal_id from meals_machine_lnk where machine_id = $2::int
)
order by m.id for update of m`,
    },
    [barcodes, machineRow],
  );
  return new Map(rows.map((meal) => [meal.barcode, meal]));
}

/** The products of the catalogue among these, also those that are no longer sold: they may still stand somewhere. */
export async function findSkus(sql: Sql, skus: readonly string[]): Promise<ReadonlySet<string>> {
  const rows = await sql.rows<{ sku: string }>(
    { name: 'meals.skus', text: `select sku from products where sku = any($1)` },
    [skus],
  );
  return new Set(rows.map(({ sku }) => sku));
}

/** The lots with these codes, of whatever product. */
export async function findLots(sql: Sql, codes: readonly string[]): Promise<KnownLot[]> {
  return sql.rows<{ sku: string; code: string; isRecalled: boolean; expiresAt: number | null }>(
    {
      name: 'meals.lots',
      text: `select sku, code, state = 'recalled' as "isRecalled", (extract(epoch from expires_at) * 1000)::float8 as "expiresAt"
from lots where code = any($1)`,
    },
    [codes],
  );
}

/** Row ids by the front end's customer id. */
export async function findCustomers(sql: Sql, customerIds: readonly string[]): Promise<ReadonlyMap<string, number>> {
  const rows = await sql.rows<{ customerId: string; id: number }>(
    {
      name: 'meals.customers',
      text: `select customer_id as "customerId", id from up_users where customer_id = any($1)`,
    },
    [customerIds],
  );
  return new Map(rows.map(({ customerId, id }) => [customerId, id]));
}

/** Which of these movements were made before, and what time it is. */
export async function findKeys(
  sql: Sql,
  keys: readonly string[],
): Promise<{ readonly keys: ReadonlySet<string>; readonly now: number }> {
  const [row] = await sql.rows<{ keys: string[]; now: number }>(
    {
      name: 'meals.movement-keys',
      text: `select array(select key::text from stock_movements where key = any($1)) as keys,
  (extract(epoch from now()) * 1000)::float8 as now`,
    },
    [keys],
  );
  return { keys: new Set(row?.keys), now: row?.now ?? 0 };
}

/** By sku: what the books say of a machine, and how many of these have no barcode. */
export async function findStock(
  sql: Sql,
  machine: { readonly id: number; readonly documentId: string },
): Promise<{ readonly stock: ReadonlyMap<string, number>; readonly loose: ReadonlyMap<string, number> }> {
  const rows = await sql.rows<{ sku: string; quantity: number; loose: number }>(
    {
      name: 'meals.stock-of',
      text: `
select s.sku, s.quantity, s.quantity - coalesce(m.standing, 0) as loose from larder.stock s
left join (
  select m.sku, count(*)::int as standing from meals_machine_lnk k join meals m on m.id = k.meal_id
  where k.machine_id = $2 group by m.sku
) m on m.sku = s.sku
where s.machine_id = $1`,
    },
    [machine.documentId, machine.id],
  );
  return {
    stock: new Map(rows.map(({ sku, quantity }) => [sku, quantity])),
    loose: new Map(rows.map(({ sku, loose }) => [sku, loose])),
  };
}
