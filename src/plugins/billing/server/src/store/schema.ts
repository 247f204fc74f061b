/**
 * What the billing room needs of the database beyond Strapi's content types. Run on every boot, under the boot lock; each
 * statement may run again.
 */
import type { Sql } from '../../../../../shared/sql';
import { WAITS_FOR_A_PERSON } from './review';

const STATEMENTS: readonly string[] = [
  `create schema if not exists larder`,

  // The idempotency key of each call is written before the call: the attempt is part of the key.
  `create table if not exists larder.stripe_calls (
     subject text not null,
     operation text not null,
     attempt integer not null default 1,
     tries integer not null default 1,
     first_at timestamp not null default now(),
     last_at timestamp not null default now(),
     primary key (subject, operation)
   )`,
  // How far a sweep of Stripe's own lists has come.
  `create table if not exists larder.stripe_cursors (name text primary key, reached_at timestamp not null)`,
  // Disputes have no rows of their own: this says which of their steps were told already.
  `create table if not exists larder.stripe_disputes (
     id text primary key, payment_id integer not null, stage text not null, updated_at timestamp not null default now()
   )`,

  // An intent pays for one thing. One that the customer had to confirm comes back with a later purchase.
  `create unique index if not exists payments_intent_unique on payments (payment_intent_id)
     where payment_intent_id is not null and state not in ('declined', 'handed_over')`,
  `create index if not exists payments_pending_index on payments (updated_at)
     where state in ('requested', 'held', 'at_risk', 'action_required', 'capturing', 'releasing')`,
  `create index if not exists payments_waiting_index on payments (id) where ${WAITS_FOR_A_PERSON}`,
  // Whole references and their beginnings, whatever the collation of the database: for the panel's search.
  `create index if not exists payments_intent_beginning on payments (payment_intent_id text_pattern_ops)`,
  `create index if not exists invoices_number_beginning on invoices (number text_pattern_ops)`,
  // The check of the books finds the payment of a movement at Stripe by its charge.
  `create index if not exists payments_charge_index on payments (charge_id) where charge_id is not null`,
  `create index if not exists refunds_pending_index on refunds (updated_at) where state in ('requested', 'pending')`,
  `alter table payments drop constraint if exists payments_amounts_check`,
  `alter table payments add constraint payments_amounts_check check (
     captured_amount between 0 and authorized_amount and refunded_amount between 0 and captured_amount)`,

  // A customer has the invoices of who they are at Stripe, whichever of the two is known first, and whoever writes it. The
  // lock makes both take turns: after it each statement sees what the other one has committed. One of a thousand, so that
  // whoever imports many customers at once needs no more than that.
  `create index if not exists invoices_customer_index on invoices (stripe_customer_id)`,
  `create or replace function larder.link_invoices() returns trigger language plpgsql as $$
   begin
     perform pg_advisory_xact_lock(hashtext('larder.customer'), hashtext(coalesce(new.stripe_customer_id, '')) & 1023);
     if tg_table_name = 'invoices' then
       insert into invoices_user_lnk (invoice_id, user_id)
         select new.id, u.id from up_users u where u.stripe_customer_id = new.stripe_customer_id on conflict do nothing;
     else
       delete from invoices_user_lnk l using invoices i where l.user_id = new.id and i.id = l.invoice_id
         and i.stripe_customer_id is distinct from new.stripe_customer_id;
       insert into invoices_user_lnk (invoice_id, user_id)
         select i.id, new.id from invoices i where i.stripe_customer_id = new.stripe_customer_id on conflict do nothing;
     end if;
     return null;
   end $$`,
  `create or replace trigger invoice_told after insert or update on invoices
     for each row when (new.stripe_customer_id is not null) execute function larder.link_invoices()`,
  `create or replace trigger user_named after insert on up_users
     for each row when (new.stripe_customer_id is not null) execute function larder.link_invoices()`,
  `create or replace trigger user_renamed after update on up_users
     for each row when (old.stripe_customer_id is distinct from new.stripe_customer_id)
     execute function larder.link_invoices()`,

  // How far the charge of a subscription's period is: each try is a payment, named after the period and counted.
  `create or replace function larder.charge_state(period_key text) returns text language sql stable as $$
     select case when count(*) = 0 then 'none' when bool_or(state = 'captured') then 'paid'
       when bool_or(state = 'declined') then 'past_due' else 'pending' end
     from payments where key = any(array(select period_key || ':' || n from generate_series(1, 4) n))
   $$`,

  `create or replace function larder.refuse_ledger_change() returns trigger language plpgsql as $$
   begin
     raise exception 'the ledger is append only' using errcode = 'restrict_violation';
   end $$`,
  `create or replace trigger ledger_append_only before update or delete or truncate on ledger_entries
     for each statement execute function larder.refuse_ledger_change()`,
  // Checked at the commit, when all sides of a posting are there.
  `create or replace function larder.check_posting() returns trigger language plpgsql as $$
   begin
     if (select sum(amount) from ledger_entries where posting = new.posting) <> 0 then
       raise exception 'posting % does not balance', new.posting using errcode = 'check_violation';
     end if;
     return null;
   end $$`,
  `drop trigger if exists ledger_balances on ledger_entries`,
  `create constraint trigger ledger_balances after insert on ledger_entries deferrable initially deferred
     for each row execute function larder.check_posting()`,
];

export async function ensureBillingSchema(sql: Sql): Promise<void> {
  for (const statement of STATEMENTS) await sql.rows(statement);
}
