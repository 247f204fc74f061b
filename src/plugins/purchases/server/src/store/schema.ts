/**
 * What the purchases need of the database beyond Strapi's content types: constraints, indexes and two small tables of
 * their own in the schema `larder`, which Strapi never looks at. Run on every boot, under the boot lock; each statement
 * may run again. (`database/migrations` runs before Strapi makes its tables, so it cannot do this on a new database.)
 */
import type { Sql } from '../../../../../shared/sql';
import { CREDENTIAL_STATEMENTS } from '../credentials/schema';

const STATEMENTS: readonly string[] = [
  `create schema if not exists larder`,

  `create table if not exists larder.instances (id text primary key, lease_until timestamp not null)`,

  // The journal writes an entry again when its first answer got lost: the event's id makes that harmless.
  `create unique index if not exists events_document_id_unique on events (document_id)`,
  `create unique index if not exists transactions_idempotency_unique on transactions (caller, idempotency_key)
     where idempotency_key is not null`,
  // A purchase's row changes some nine times within minutes. With room in its page, and no index on what changes often, a
  // change need not touch the indexes. The sweeps find the live ones by the unique index on active_machine.
  `alter table transactions set (fillfactor = 70)`,
  `create unique index if not exists up_users_email_unique on up_users (lower(email))`,
  `create index if not exists up_users_email_index on up_users (email)`,
  // Whole references and their beginnings, whatever the collation of the database: for late frames and the panel's search.
  `create index if not exists transactions_ref_beginning on transactions (ref text_pattern_ops)`,
  `create index if not exists transactions_vendor_session_beginning on transactions (vendor_session text_pattern_ops)`,
  `create index if not exists transactions_payment_intent_beginning on transactions (payment_intent_id text_pattern_ops)`,

  // The catalogue as it stood: each price with the time it was valid. Written by a trigger, so that the panel, the API and
  // plain SQL all leave their trace, by the database's clock.
  `create table if not exists larder.product_prices (
     sku text not null, name text not null, unit_amount integer not null, currency text not null,
     valid_from timestamp not null, valid_to timestamp,
     primary key (sku, valid_from)
   )`,
  `create unique index if not exists product_prices_current_unique on larder.product_prices (sku) where valid_to is null`,
  `create or replace function larder.record_product_price() returns trigger language plpgsql as $$
   declare
     at timestamp := clock_timestamp() at time zone 'utc';
   begin
     if tg_op <> 'INSERT' then
       update larder.product_prices set valid_to = at where sku = old.sku and valid_to is null;
     end if;
     if tg_op <> 'DELETE' then
       update larder.product_prices set valid_to = at where sku = new.sku and valid_to is null;
       insert into larder.product_prices (sku, name, unit_amount, currency, valid_from)
         values (new.sku, new.name, new.unit_amount, new.currency, at)
         on conflict (sku, valid_from) do update
           set name = excluded.name, unit_amount = excluded.unit_amount, currency = excluded.currency, valid_to = null;
     end if;
     return null;
   end $$`,
  `create or replace trigger product_price_inserted after insert on products
     for each row execute function larder.record_product_price()`,
  `create or replace trigger product_price_changed after update on products
     for each row when ((old.sku, old.name, old.unit_amount, old.currency) is distinct from
       (new.sku, new.name, new.unit_amount, new.currency)) execute function larder.record_product_price()`,
  `create or replace trigger product_price_deleted after delete on products
     for each row execute function larder.record_product_price()`,
  `insert into larder.product_prices (sku, name, unit_amount, currency, valid_from)
     select sku, name, unit_amount, currency, now() at time zone 'utc' from products p
     where not exists (select 1 from larder.product_prices where sku = p.sku and valid_to is null)`,

  // Events are history. A retention job that must delete old ones says so: set local larder.maintenance = 'on'.
  `create or replace function larder.refuse_change() returns trigger language plpgsql as $$
   begin
     if current_setting('larder.maintenance', true) = 'on' then
       return coalesce(new, old);
     end if;
     raise exception 'events are append only' using errcode = 'restrict_violation';
   end $$`,
  `create or replace trigger events_append_only before update or delete on events
     for each row execute function larder.refuse_change()`,

  ...CREDENTIAL_STATEMENTS,
];

export async function ensurePurchaseSchema(sql: Sql): Promise<void> {
  for (const statement of STATEMENTS) await sql.rows(statement);
}
