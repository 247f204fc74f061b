/**
 * What the meals need of the database beyond Strapi's content types. Run on every boot, under the boot lock; each statement
 * may run again.
 */
import type { Sql } from '../../../../../shared/sql';
import { LOT_STATEMENTS } from '../lots/schema';
import { SUBSCRIPTION_STATEMENTS } from '../subscriptions/schema';
import { DEVICE_STATEMENTS } from '../device/schema';
import { THEFT_STATEMENTS } from '../theft/schema';

const STATEMENTS: readonly string[] = [
  `create schema if not exists larder`,

  // Stock is the sum of its movements; kept here, by the insert itself, so that nobody has to add up years of them.
  `create table if not exists larder.stock (
     machine_id text not null, sku text not null, quantity integer not null, updated_at timestamp not null default now(),
     primary key (machine_id, sku)
   )`,
  `create or replace function larder.add_to_stock() returns trigger language plpgsql as $$
   begin
     insert into larder.stock as s (machine_id, sku, quantity)
       select machine_id, sku, sum(quantity) from added group by 1, 2 order by 1, 2
       on conflict (machine_id, sku) do update set quantity = s.quantity + excluded.quantity, updated_at = now();
     return null;
   end $$`,
  `create or replace trigger stock_moved after insert on stock_movements
     referencing new table as added for each statement execute function larder.add_to_stock()`,
  `create or replace function larder.refuse_stock_change() returns trigger language plpgsql as $$
   begin
     raise exception 'stock movements are append only' using errcode = 'restrict_violation';
   end $$`,
  `create or replace trigger stock_movements_append_only before update or delete or truncate on stock_movements
     for each statement execute function larder.refuse_stock_change()`,

  // One row a purchase whose meals were looked for: whoever comes second finds it done.
  `create table if not exists larder.allocations (
     transaction_id text primary key, result jsonb, allocated_at timestamp not null default now()
   )`,
  `create index if not exists restocks_machine_open_index on restocks (opened_at) where state = 'open'`,

  // A call that says "twelve more" must not count twice: kept with its answer.
  `create table if not exists larder.restock_calls (
     restock_id text not null, key text not null, request_hash text not null, answer jsonb not null,
     called_at timestamp not null default now(), primary key (restock_id, key)
   )`,
  // Nights whose books were checked.
  `create table if not exists larder.stock_nights (night date primary key)`,
  ...DEVICE_STATEMENTS,
  ...SUBSCRIPTION_STATEMENTS,
  ...THEFT_STATEMENTS,
  ...LOT_STATEMENTS,
];

export async function ensureMealsSchema(sql: Sql): Promise<void> {
  for (const statement of STATEMENTS) await sql.rows(statement);
}
