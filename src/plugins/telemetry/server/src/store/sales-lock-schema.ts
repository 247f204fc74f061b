/**
 * The history of sales locks, written by triggers: whoever locks or unlocks a machine, the room, a panel or plain SQL, leaves
 * the same trace. Who and why travel in the setting `larder.sales_lock` of the transaction, see sales-locks.ts.
 */
export const SALES_LOCK_STATEMENTS: readonly string[] = [
  `create table if not exists larder.sales_locks (
     id bigint generated always as identity primary key,
     machine_id integer not null,
     cause text not null check (cause in ('temperature', 'silence', 'operator')),
     reason text,
     since timestamptz not null,
     locked_at timestamptz not null default now(),
     locked_by text,
     unlocked_at timestamptz,
     unlocked_by text,
     unlock_reason text,
     -- Ended by a lock for another cause: sales were not open between the two.
     replaced boolean not null default false
   )`,
  `create index if not exists sales_locks_machine_index on larder.sales_locks (machine_id, locked_at)`,
  `create unique index if not exists sales_locks_open_unique on larder.sales_locks (machine_id) where unlocked_at is null`,

  // A page of the panel that was opened before the lock would save the old value over it: what Larder itself has locked is
  // opened by nobody who does not say so.
  `create or replace function larder.guard_sales_lock() returns trigger language plpgsql as $$
   begin
     if old.sales_locked and not coalesce(new.sales_locked, false) and old.sales_lock_cause in ('temperature', 'silence')
       and nullif(current_setting('larder.sales_lock', true), '') is null then
       new.sales_locked := true;
     end if;
     if coalesce(new.sales_locked, false) then
       new.sales_lock_cause := coalesce(new.sales_lock_cause, old.sales_lock_cause, 'operator');
       new.sales_locked_reason := coalesce(new.sales_locked_reason, old.sales_locked_reason);
     else
       new.sales_lock_cause := null;
       new.sales_locked_reason := null;
     end if;
     return new;
   end $$`,
  `create or replace trigger machine_sales_guarded before update of sales_locked, sales_lock_cause, sales_locked_reason on machines
     for each row execute function larder.guard_sales_lock()`,

  `create or replace function larder.record_sales_lock() returns trigger language plpgsql as $$
   declare
     told jsonb := coalesce(nullif(current_setting('larder.sales_lock', true), '')::jsonb, '{}');
   begin
     update larder.sales_locks set unlocked_at = now(), unlocked_by = told ->> 'by',
       unlock_reason = case when not new.sales_locked then told ->> 'reason' end, replaced = new.sales_locked
       where machine_id = new.id and unlocked_at is null;
     if new.sales_locked then
       insert into larder.sales_locks (machine_id, cause, reason, since, locked_by)
         values (new.id, coalesce(new.sales_lock_cause, 'operator'), new.sales_locked_reason,
           coalesce((told ->> 'since')::timestamptz, now()), told ->> 'by');
     end if;
     return null;
   end $$`,
  `create or replace trigger machine_sales_changed after update on machines
     for each row when ((coalesce(old.sales_locked, false), old.sales_lock_cause) is distinct from
       (coalesce(new.sales_locked, false), new.sales_lock_cause)) execute function larder.record_sales_lock()`,
  `create or replace trigger machine_born_locked after insert on machines
     for each row when (new.sales_locked) execute function larder.record_sales_lock()`,
  // Locked before there was this history.
  `update machines set sales_lock_cause = 'operator' where sales_locked and sales_lock_cause is null`,
];
