import { recordMovements } from '../../src/plugins/meals/server/src/store/movements';
import { newDocumentId } from '../../src/shared/ids';
import type { Sql } from '../../src/shared/sql';

export interface TestMeal {
  readonly barcode: string;
  readonly sku: string;
  /** Hours from now. */
  readonly expiresIn?: number;
  /** The front end's id of whose name is on it; the customer must be known. */
  readonly reservedFor?: string;
}

/** Meals of each product in each machine of a world. */
export const PLENTY = 5;

/**
 * Puts meals of every product of the catalogue into every machine, each with its movement, in one statement. Their barcodes
 * are `<vendorId>-<sku>-<n>`, and the first of them expires first.
 * @param each of each product in each machine.
 */
export async function stockEveryMachine(sql: Sql, each = PLENTY): Promise<void> {
  await sql.rows(
    `
with wanted as materialized (
  select f.id as machine_row, f.document_id as machine, f.label, p.id as product_row, p.sku, n,
    format('%s-%s-%s', f.vendor_id, p.sku, n) as barcode
  from machines f cross join products p cross join generate_series(1, $1::int) n
),
made as (
  insert into meals (document_id, barcode, sku, expires_at, area, state, stocked_at, created_at, updated_at, published_at)
  select 'm' || left(md5(barcode), 23), barcode, sku, now() + make_interval(days => n + 1), 'free_for_all', 'stocked', now(),
    now(), now(), now() from wanted
  returning id, barcode
),
placed as (
  insert into meals_machine_lnk (meal_id, machine_id) select made.id, w.machine_row from made join wanted w using (barcode)
),
of_product as (
  insert into meals_product_lnk (meal_id, product_id) select made.id, w.product_row from made join wanted w using (barcode)
)
insert into stock_movements (document_id, key, kind, quantity, sku, machine_id, machine_label, barcode, moved_by, moved_at,
  created_at, updated_at, published_at)
select 's' || left(md5(barcode), 23), 'test:' || barcode, 'in', 1, sku, machine, label, barcode, 'test', now(), now(), now(), now()
from wanted`,
    [each],
  );
}

/** Puts meals into a machine, as a restock does. @param vendorId e.g. `M1`. */
export async function stockMeals(sql: Sql, vendorId: string, meals: readonly TestMeal[]): Promise<void> {
  const [machine] = await sql.rows<{ id: number; document_id: string; label: string }>(
    `select id, document_id, label from machines where vendor_id = $1`,
    [vendorId],
  );
  if (!machine) throw new Error(`There is no machine ${vendorId}.`);
  for (const { barcode, sku, expiresIn = 48, reservedFor = null } of meals) {
    await sql.rows(
      `with made as (
         insert into meals (document_id, barcode, sku, expires_at, area, state, stocked_at, created_at, updated_at, published_at)
         values ($1, $2, $3, now() + make_interval(hours => $4), case when $5::text is null then 'free_for_all' else 'subscription' end,
           'stocked', now(), now(), now(), now()) returning id),
       placed as (insert into meals_machine_lnk (meal_id, machine_id) select id, $6 from made)
       insert into meals_reserved_for_lnk (meal_id, user_id) select made.id, u.id from made, up_users u where u.customer_id = $5`,
      [newDocumentId(), barcode, sku, expiresIn, reservedFor, machine.id],
    );
  }
  await recordMovements(
    sql,
    { documentId: machine.document_id, label: machine.label },
    meals.map(({ barcode, sku }) => ({
      key: `test:${barcode}`,
      kind: 'in' as const,
      quantity: 1,
      sku,
      barcode,
      transactionId: null,
      restockId: null,
      reason: null,
      movedBy: 'test',
    })),
  );
}

/** What the books say of a machine, by sku. */
export async function stockOf(sql: Sql, vendorId: string): Promise<Record<string, number>> {
  const rows = await sql.rows<{ sku: string; quantity: number }>(
    `select s.sku, s.quantity from larder.stock s join machines m on m.document_id = s.machine_id where m.vendor_id = $1 order by 1`,
    [vendorId],
  );
  return Object.fromEntries(rows.map(({ sku, quantity }) => [sku, quantity]));
}
