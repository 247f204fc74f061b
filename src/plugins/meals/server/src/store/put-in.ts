/** Puts meals into a machine, where they stood elsewhere or were never seen before. Movements are written by whoever calls. */
import { newDocumentId } from '../../../../../shared/ids';
import type { Sql } from '../../../../../shared/sql';
import type { StepIn } from '../core/plan-in';

/** @returns false where somebody else made one of the meals meanwhile: the transaction must be given up. */
export async function putIn(sql: Sql, machineRow: number, steps: readonly StepIn[]): Promise<boolean> {
  const meals = steps.filter(({ barcode }) => barcode !== null);
  if (meals.length === 0) return true;
  await makeLots(sql, meals);
  const fresh = meals.filter(({ meal }) => meal === null);
  if (fresh.length > 0 && (await makeMeals(sql, fresh)) < fresh.length) return false;
  await stock(sql, machineRow, meals);
  return true;
}

async function makeLots(sql: Sql, steps: readonly StepIn[]): Promise<void> {
  const lots = new Map(
    steps.flatMap(({ sku, lot, expiresAt }) =>
      lot === null ? [] : [[JSON.stringify([sku, lot]), { document_id: newDocumentId(), sku, code: lot, expiresAt }]],
    ),
  );
  if (lots.size === 0) return;
  await sql.rows(
    {
      name: 'meals.make-lots',
      text: `
with made as (
  insert into lots (document_id, code, sku, expires_at, state, created_at, updated_at, published_at)
  select document_id, code, sku, to_timestamp("expiresAt" / 1000), 'selling', now(), now(), now()
  from jsonb_to_recordset($1::jsonb) as x(document_id text, code text, sku text, "expiresAt" float8)
  on conflict (sku, code) do nothing returning id, sku
)
insert into lots_product_lnk (lot_id, product_id) select made.id, p.id from made join products p on p.sku = made.sku`,
    },
    [JSON.stringify([...lots.values()])],
  );
}

/** @returns how many were made. */
async function makeMeals(sql: Sql, steps: readonly StepIn[]): Promise<number> {
  const rows = await sql.rows(
    {
      name: 'meals.make-meals',
      text: `
with made as (
  insert into meals (document_id, barcode, sku, area, state, created_at, updated_at, published_at)
  select document_id, barcode, sku, 'free_for_all', 'stocked', now(), now(), now()
  from jsonb_to_recordset($1::jsonb) as x(document_id text, barcode text, sku text)
  on conflict (barcode) do nothing returning id, sku
),
of_product as (
  insert into meals_product_lnk (meal_id, product_id) select made.id, p.id from made join products p on p.sku = made.sku
)
select id from made`,
    },
    [JSON.stringify(steps.map(({ barcode, sku }) => ({ document_id: newDocumentId(), barcode, sku })))],
  );
  return rows.length;
}

async function stock(sql: Sql, machineRow: number, steps: readonly StepIn[]): Promise<void> {
  await sql.rows(
    {
      name: 'meals.put-in',
      text: `
with input as (
  select m.id, x.*, o.id as lot_id from jsonb_to_recordset($2::jsonb)
    as x(barcode text, sku text, lot text, expires_at float8, area text, user_id int, label_name text, is_moved boolean)
  join meals m on m.barcode = x.barcode left join lots o on o.sku = x.sku and o.code = x.lot
),
changed as (
  update meals m set state = 'stocked', left_at = null, updated_at = now(),
    stocked_at = case when i.is_moved then now() else m.stocked_at end,
    expires_at = coalesce(to_timestamp(i.expires_at / 1000), m.expires_at), area = coalesce(i.area, m.area),
    label_name = coalesce(i.label_name, m.label_name)
  from input i where i.id = m.id
),
left_machine as (delete from meals_machine_lnk k using input i where k.meal_id = i.id and k.machine_id <> $1),
-- Back in stock it belongs to no purchase; its movements remember which one it was.
left_purchase as (delete from meals_transaction_lnk k using input i where k.meal_id = i.id and i.is_moved),
left_lot as (delete from meals_lot_lnk k using input i where k.meal_id = i.id and k.lot_id <> i.lot_id),
left_customer as (
  delete from meals_reserved_for_lnk k using input i
  where k.meal_id = i.id and (k.user_id <> i.user_id or i.area = 'free_for_all')
),
in_machine as (
  insert into meals_machine_lnk (meal_id, machine_id) select id, $1 from input on conflict do nothing
),
in_lot as (
  insert into meals_lot_lnk (meal_id, lot_id) select id, lot_id from input where lot_id is not null on conflict do nothing
)
insert into meals_reserved_for_lnk (meal_id, user_id) select id, user_id from input where user_id is not null
on conflict do nothing`,
    },
    [machineRow, JSON.stringify(steps.map(rowOf))],
  );
}

function rowOf(step: StepIn) {
  return {
    barcode: step.barcode,
    sku: step.sku,
    lot: step.lot,
    expires_at: step.expiresAt,
    area: step.area,
    user_id: step.reservedFor,
    label_name: step.labelName,
    is_moved: step.isMoved,
  };
}
