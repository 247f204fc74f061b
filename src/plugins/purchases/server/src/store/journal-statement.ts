/**
 * The one statement behind everything that happens to a purchase: it stores the events of a batch and applies the change
 * that each one causes, so that neither exists without the other.
 *
 * A change is a compare-and-set: it applies where the row is still in the state and under the fence that its author saw.
 * An entry may be written twice (the first answer got lost): its event is then there already, and it counts as applied
 * where the row is where that entry would have put it, under the same fence.
 */
import type { Statement } from '../../../../../shared/sql';

/** One element of the statement's only parameter, a JSON array. `null` in a change column leaves the column alone. */
export interface JournalRow {
  readonly n: number;
  readonly document_id: string;
  readonly transaction_id: number | null;
  readonly machine_id: number | null;
  readonly user_id: number | null;
  readonly name: string;
  readonly kind: string;
  readonly outcome: string | null;
  readonly message: string | null;
  readonly data: unknown;
  readonly from_state: string | null;
  readonly to_state: string | null;
  readonly fence: number | null;
  readonly is_over: boolean;
  readonly only_if_overdue: boolean;
  readonly deadline_seconds: number | null;
  readonly door: string | null;
  readonly vendor_session: string | null;
  readonly door_requested: boolean;
  readonly reminded: boolean;
  readonly basket: unknown;
  readonly refusal_code: string | null;
  readonly vendor_code: number | null;
  readonly change_message: string | null;
  readonly authorized_amount: number | null;
  readonly payment_state: string | null;
  readonly payment_intent_id: string | null;
  readonly capture_before: string | null;
  readonly total_amount: number | null;
  readonly vendor_report: unknown;
  readonly lines: readonly JournalLine[] | null;
}

export interface JournalLine {
  readonly document_id: string;
  readonly sku: string;
  readonly name: string;
  readonly quantity: number;
  readonly unit_amount: number;
  readonly amount: number;
  readonly currency: string;
  readonly vendor_unit_amount: number | null;
}

/** What became of each entry, by its `n`. */
export interface JournalResult {
  readonly n: number;
  /** False where the event was stored by an earlier try. */
  readonly inserted: boolean;
  /** True where this run changed the row. */
  readonly changed: boolean;
  /** True where the row is as the entry wanted it, now or since an earlier try. */
  readonly applied: boolean;
}

/** Each change is told to all instances here, as `documentId state fence revision`. */
export const PURCHASE_CHANNEL = 'larder_purchase';

/**
 * More rows than a batch ever has. Without this line the planner takes every batch for a hundred rows, and as long as the
 * tables are small reads them from end to end for it; the plan it made then is kept while the tables grow.
 */
const MOST_ROWS = 9999;

const LINES_OF_INPUT = `rows from (jsonb_to_recordset(i.lines) as (
    document_id text, sku text, name text, quantity int, unit_amount int, amount int, currency text, vendor_unit_amount int
  )) with ordinality as l(document_id, sku, name, quantity, unit_amount, amount, currency, vendor_unit_amount, ord)`;

export const writeJournal: Statement = {
  name: 'purchases.journal',
  text: `
with input as materialized (
  select * from jsonb_to_recordset($1::jsonb) as x(
    n int, document_id text, transaction_id int, machine_id int, user_id int,
    name text, kind text, outcome text, message text, data jsonb,
    from_state text, to_state text, fence int, is_over boolean, only_if_overdue boolean, deadline_seconds float8,
    door text, vendor_session text, door_requested boolean, reminded boolean, basket jsonb,
    refusal_code text, vendor_code int, change_message text, authorized_amount int, payment_state text, payment_intent_id text,
    capture_before timestamp, total_amount int, vendor_report jsonb, lines jsonb)
  where x.n between 0 and ${MOST_ROWS}
),
event as (
  insert into events (document_id, name, kind, outcome, message, data, received_at, created_at, updated_at, published_at)
  select document_id, name, kind, outcome, message, data, clock_timestamp(), now(), now(), now() from input order by n
  on conflict (document_id) do nothing
  returning id, document_id
),
stored as (select e.id as event_id, i.* from event e join input i using (document_id)),
event_of_transaction as (
  insert into events_transaction_lnk (event_id, transaction_id, event_ord)
  select event_id, transaction_id, event_id from stored where transaction_id is not null
),
event_of_machine as (
  insert into events_machine_lnk (event_id, machine_id) select event_id, machine_id from stored where machine_id is not null
),
event_of_user as (
  insert into events_user_lnk (event_id, user_id) select event_id, user_id from stored where user_id is not null
),
changed as (
  update transactions t set
    state = i.to_state,
    door = coalesce(i.door, t.door),
    vendor_session = coalesce(i.vendor_session, t.vendor_session),
    door_requested_at = case when i.door_requested then now() else t.door_requested_at end,
    reminded_at = case when i.reminded then now() else t.reminded_at end,
    basket = coalesce(i.basket, t.basket),
    refusal_code = coalesce(i.refusal_code, t.refusal_code),
    vendor_code = coalesce(i.vendor_code, t.vendor_code),
    message = coalesce(i.change_message, t.message),
    authorized_amount = coalesce(i.authorized_amount, t.authorized_amount),
    payment_state = coalesce(i.payment_state, t.payment_state),
    payment_intent_id = coalesce(i.payment_intent_id, t.payment_intent_id),
    capture_before = coalesce(i.capture_before, t.capture_before),
    total_amount = coalesce(i.total_amount, t.total_amount),
    vendor_report = coalesce(i.vendor_report, t.vendor_report),
    opened_at = case
      when i.to_state in ('open', 'closed') then coalesce(t.opened_at, now())
      when i.to_state in ('completed', 'empty') then coalesce(t.opened_at, t.door_requested_at)
      else t.opened_at end,
    closed_at = case when i.to_state in ('closed', 'completed', 'empty') and t.door_requested_at is not null
      then coalesce(t.closed_at, now()) else t.closed_at end,
    completed_at = case when i.is_over and i.to_state <> 'review' then coalesce(t.completed_at, now()) else t.completed_at end,
    active_machine = case when i.is_over then null else t.active_machine end,
    deadline_at = case when i.is_over then null
      else coalesce(now() + make_interval(secs => i.deadline_seconds), t.deadline_at) end,
    revision = t.revision + 1,
    updated_at = now()
  from input i
  where i.to_state is not null
    and t.id = i.transaction_id
    and t.state is not distinct from i.from_state
    and t.fence = i.fence
    and (not i.door_requested or t.door_requested_at is null)
    and (not i.only_if_overdue or t.deadline_at <= now())
  returning i.n, t.id, t.document_id, t.state, t.fence, t.revision
),
line as (
  insert into transaction_lines (document_id, sku, name, kind, quantity, unit_amount, amount, currency, vendor_unit_amount,
    created_at, updated_at, published_at)
  select l.document_id, l.sku, l.name, 'sale', l.quantity, l.unit_amount, l.amount, l.currency, l.vendor_unit_amount,
    now(), now(), now()
  from changed c join input i using (n), ${LINES_OF_INPUT}
  returning id, document_id, sku
),
line_of_transaction as (
  insert into transaction_lines_transaction_lnk (line_id, transaction_id, line_ord)
  select line.id, c.id, l.ord
  from changed c join input i using (n), ${LINES_OF_INPUT} join line using (document_id)
),
line_of_product as (
  insert into transaction_lines_product_lnk (line_id, product_id)
  select line.id, p.id from line join products p using (sku)
),
machine as (
  update machines m set door = i.door, online = true, last_seen_at = now()
  from changed c join input i using (n)
  where i.door in ('locked', 'unlocked') and i.kind <> 'system' and m.id = i.machine_id
),
told as (
  select n, pg_notify('${PURCHASE_CHANNEL}', concat_ws(' ', document_id, state, fence, revision)) from changed
)
select i.n,
  s.event_id is not null as inserted,
  told.n is not null as changed,
  i.to_state is null or told.n is not null
    or (s.event_id is null and coalesce(t.state = i.to_state and t.fence = i.fence, false)) as applied
from input i
left join stored s using (n)
left join told using (n)
left join transactions t on s.event_id is null and t.id = i.transaction_id`,
};
