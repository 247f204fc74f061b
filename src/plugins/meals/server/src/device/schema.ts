/** What the device events need of the database. Run on every boot, under the boot lock; each statement may run again. */

export const DEVICE_STATEMENTS: readonly string[] = [
  // What a device said, and what was known in that moment; the answer is judged from these facts alone.
  `create table if not exists larder.meal_events (
     id bigint generated always as identity primary key,
     machine_id text not null, key text not null, barcode text not null, action text not null, at timestamp not null,
     received_at timestamp not null default now(), transaction_id text,
     session text not null, whose text not null, was_out boolean not null, is_outdated boolean not null,
     is_late boolean not null, is_as_billed boolean not null
   )`,
  `create unique index if not exists meal_events_key_unique on larder.meal_events (machine_id, key)`,
  `create index if not exists meal_events_barcode_index on larder.meal_events (machine_id, barcode, at desc, id desc)`,
  `create index if not exists meal_events_transaction_index on larder.meal_events (transaction_id, barcode, at desc, id desc)
     where transaction_id is not null`,
  // Only what is old may be deleted, by whoever says so: set local larder.maintenance = 'on'.
  `create or replace function larder.refuse_meal_event_change() returns trigger language plpgsql as $$
   begin
     if tg_op = 'DELETE' and current_setting('larder.maintenance', true) = 'on' then
       return null;
     end if;
     raise exception 'meal events are append only' using errcode = 'restrict_violation';
   end $$`,
  `create or replace trigger meal_events_append_only before update or delete or truncate on larder.meal_events
     for each statement execute function larder.refuse_meal_event_change()`,
  // The last purchases of a machine, whatever number it has had.
  `create index if not exists transactions_machine_latest on transactions_machine_lnk (machine_id, transaction_id)`,

  // What was found of the meals of a purchase; null while nobody has looked for them. Waits for whoever does that in this
  // moment, and then looks anew, which only a function can: the statement around it sees the tables as when it began.
  `create or replace function larder.allocation_of(purchase text) returns jsonb language plpgsql volatile as $$
   begin
     perform pg_advisory_xact_lock_shared(hashtextextended('larder.allocation ' || purchase, 0));
     return (select coalesce(result, '{}') from larder.allocations where transaction_id = purchase);
   end $$`,
];
