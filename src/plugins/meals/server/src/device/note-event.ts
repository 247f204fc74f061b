/** Writes down what a device says, with what was known in that moment, and what the history says of it: one statement. */
import { newDocumentId } from '../../../../../shared/ids';
import type { Sql } from '../../../../../shared/sql';
import type { Facts, MealEvent } from './facts';
import { NOTES } from './rules';

export interface DeviceMachine {
  /** A row id. */
  readonly id: number;
  readonly documentId: string;
}

export interface NotedEvent {
  readonly facts: Facts;
  /** False where it was told before: then nothing follows from it any more. */
  readonly isNew: boolean;
  readonly key: string;
  /** The purchase that it is of. */
  readonly transactionId: string | null;
  readonly customerId: string | null;
}

/**
 * How far a device's clock may be behind and ahead, in seconds, for an event to be of the purchase that it seems to miss.
 * Whoever forces the door right after a purchase must not pass for its customer, so ahead is less.
 */
const BEHIND_SECONDS = 10;
const AHEAD_SECONDS = 2;

/** The last purchases of a machine that an event may be of: older ones are not looked at. */
const LATEST = 4;

const NOTE = {
  name: 'meals.note-event',
  text: `
with moment as (select least($6::timestamp, now()::timestamp) as at),
known as (select * from larder.meal_events where machine_id = $2 and key = $3),
visit as (
  select p.*, larder.allocation_of(p.transaction_id) as allocation
  from (
    select t.id, t.document_id as transaction_id, u.user_id
    from moment, (
      select transaction_id, machine_id from transactions_machine_lnk
      where machine_id = $1 order by machine_id, transaction_id desc limit ${LATEST}
    ) k
    join transactions t on t.id = k.transaction_id
    left join transactions_user_lnk u on u.transaction_id = t.id
    cross join lateral (select case
      when t.active_machine is not null then 'infinity'
      when t.state = 'review' then coalesce(t.closed_at, t.updated_at)
      else coalesce(t.closed_at, t.completed_at) end as ended_at) e
    where t.door_requested_at is not null and t.state <> 'refused'
      and t.door_requested_at - interval '${BEHIND_SECONDS} s' <= moment.at
      and e.ended_at + interval '${AHEAD_SECONDS} s' >= moment.at
    order by (moment.at between t.door_requested_at and e.ended_at) desc, t.id desc limit 1
  ) p
),
restock as (
  select 1 as is_open from moment, restocks r join restocks_machine_lnk k on k.restock_id = r.id
  where k.machine_id = $1 and r.opened_at - interval '${BEHIND_SECONDS} s' <= moment.at
    and (r.closed_at is null or r.closed_at + interval '${AHEAD_SECONDS} s' >= moment.at)
  limit 1
),
meal as (
  select m.id, m.state = 'stocked' and k.machine_id = $1 as stands_here, r.user_id as owner
  from meals m left join meals_machine_lnk k on k.meal_id = m.id left join meals_reserved_for_lnk r on r.meal_id = m.id
  where m.barcode = $4
),
told as (
  select e.action, e.at, e.id from larder.meal_events e left join visit v on true
  where e.machine_id = $2 and e.barcode = $4 and e.action <> 'touched'
    and e.transaction_id is not distinct from v.transaction_id
),
facts as (
  select moment.at, v.transaction_id,
    case when v.id is not null then 'purchase' when restock.is_open is not null then 'restock' else 'none' end as session,
    case when meal.id is null then 'unknown' when meal.stands_here is not true then 'elsewhere' when meal.owner is null then 'free'
      when meal.owner = v.user_id then 'own' else 'reserved' end as whose,
    coalesce((select action = 'taken' from told where told.at <= moment.at order by told.at desc, told.id desc limit 1), false) as was_out,
    exists (select 1 from told where told.at > moment.at) as is_outdated,
    v.allocation is not null as is_late,
    $5 = 'touched' or ($5 = 'taken') = coalesce(v.allocation -> 'taken' @> jsonb_build_array(jsonb_build_object('barcode', $4::text)),
      false) as is_as_billed
  from moment left join visit v on true left join restock on true left join meal on true
),
noted as (
  insert into larder.meal_events (machine_id, key, barcode, action, at, transaction_id, session, whose, was_out, is_outdated,
    is_late, is_as_billed)
  select $2, $3, $4, $5, at, transaction_id, session, whose, was_out, is_outdated, is_late, is_as_billed from facts
  where not exists (select 1 from known)
    -- What a person may have to hear of is written down where that can be sent with it.
    and ($7 or not (is_late or (session = 'none' and $5 = 'taken')))
  on conflict (machine_id, key) do nothing returning *
),
told_in_history as (
  insert into events (document_id, name, kind, outcome, received_at, created_at, updated_at, published_at)
  select $8, 'meal.' || note, 'system', $4, clock_timestamp(), now(), now(), now()
  from noted cross join lateral (
    select '${JSON.stringify(NOTES)}'::jsonb
      ->> concat_ws(' ', action, session, whose, was_out, is_outdated, is_late, is_as_billed) as note) n
  where note is not null returning id
),
of_transaction as (
  insert into events_transaction_lnk (event_id, transaction_id, event_ord) select h.id, v.id, h.id from told_in_history h, visit v
),
of_machine as (insert into events_machine_lnk (event_id, machine_id) select id, $1 from told_in_history),
of_user as (
  insert into events_user_lnk (event_id, user_id)
  select h.id, v.user_id from told_in_history h, visit v where v.user_id is not null
),
answer as (select *, true as is_new from noted union all select *, false from known)
select a.action, a.session, a.whose, a.was_out as "wasOut", a.is_outdated as "isOutdated", a.is_late as "isLate",
  a.is_as_billed as "isAsBilled", a.is_new as "isNew", a.transaction_id as "transactionId", u.customer_id as "customerId"
from answer a left join visit v on v.transaction_id = a.transaction_id left join up_users u on u.id = v.user_id`,
};

type Row = Facts & Pick<NotedEvent, 'isNew' | 'transactionId' | 'customerId'>;

/** @param sql a transaction: what follows from the event is sent in it. */
export async function noteEvent(sql: Sql, machine: DeviceMachine, event: MealEvent): Promise<NotedEvent> {
  // Where the same event arrives twice at once, the second waits for the first and then finds it.
  const noted = (await note(sql, machine, event, true)) ?? (await note(sql, machine, event, true));
  if (!noted) throw new Error('A meal event was neither new nor known.');
  return noted;
}

/** The same for an event that nobody has to be told of, as most are: one statement alone. Undefined for any other. */
export function notePlainEvent(sql: Sql, machine: DeviceMachine, event: MealEvent): Promise<NotedEvent | undefined> {
  return note(sql, machine, event, false);
}

async function note(
  sql: Sql,
  machine: DeviceMachine,
  { barcode, action, at, id }: MealEvent,
  mayBeIncident: boolean,
): Promise<NotedEvent | undefined> {
  const time = new Date(at).toISOString();
  const key = id === null ? `${action} ${time} ${barcode}` : `id ${id}`;
  const values = [machine.id, machine.documentId, key, barcode, action, time, mayBeIncident, newDocumentId()];
  const [row] = await sql.rows<Row>(NOTE, values);
  if (!row) return undefined;
  const { isNew, transactionId, customerId, ...facts } = row;
  return { facts, isNew, key, transactionId, customerId };
}
