/** Readings into their table and, from the rows really inserted, into the hours: repeats and late ones leave both exact. */
import type { Sql } from '../../../../../shared/sql';
import type { Limits } from '../core/limits';
import type { LockCause } from '../core/lock-cause';
import { FUTURE_MINUTES, type Reading, type RejectionCode } from '../core/reading';
import { LIMITS, PROFILE_JOIN } from './watched';

const STORE = {
  name: 'telemetry.store',
  text: `
with given as (
  select * from unnest($2::timestamptz[], $3::smallint[], $4::smallint[]) with ordinality as g (at, temperature, humidity, n)
), watch as (
  -- Where they may mean something for sales, a statement alone leaves all to a transaction, which can act on it.
  select m.id from machines m ${PROFILE_JOIN}
  where m.id = $1 and not ($6 and (p.id is not null or m.temperature_min is not null or m.temperature_max is not null) and (
    (m.sales_locked and m.sales_lock_cause = 'silence') or exists (select from given where temperature not between
      coalesce(m.temperature_min, p.temperature_min, -327) * 100 and coalesce(m.temperature_max, p.temperature_max, 327) * 100)))
), judged as (
  select *, case when at > now() + interval '${FUTURE_MINUTES} minutes' then 'in_future'
    when at < now() - make_interval(days => $5) then 'too_old' end as fault,
    row_number() over (partition by at order by n) as turn
  from given
), stored as (
  insert into larder.readings (at, machine_id, temperature, humidity)
  select at, $1, temperature, humidity from judged
  where fault is null and turn = 1 and exists (select from watch) order by at
  on conflict do nothing returning at, temperature, humidity
), hours as (
  insert into larder.reading_hours as known (hour, machine_id, count, temperature_sum, temperature_min, temperature_max,
    humidity_count, humidity_sum, humidity_min, humidity_max)
  select date_trunc('hour', at), $1, count(*), sum(temperature), min(temperature), max(temperature),
    count(humidity), coalesce(sum(humidity), 0), min(humidity), max(humidity)
  from stored group by 1 order by 1
  on conflict (machine_id, hour) do update set
    count = known.count + excluded.count,
    temperature_sum = known.temperature_sum + excluded.temperature_sum,
    temperature_min = least(known.temperature_min, excluded.temperature_min),
    temperature_max = greatest(known.temperature_max, excluded.temperature_max),
    humidity_count = known.humidity_count + excluded.humidity_count,
    humidity_sum = known.humidity_sum + excluded.humidity_sum,
    humidity_min = least(known.humidity_min, excluded.humidity_min),
    humidity_max = greatest(known.humidity_max, excluded.humidity_max)
), newest as (
  select at, temperature, humidity from stored order by at desc limit 1
), machine as (
  -- Holds the machine until the commit: after this, one at a time judges what its readings mean.
  update machines known set last_seen_at = now(), online = true,
    last_reading_at = greatest(known.last_reading_at, newest.at),
    last_temperature = case when newest.at > coalesce(known.last_reading_at, '-infinity') then newest.temperature / 100.0::float8
      else known.last_temperature end,
    last_humidity = case when newest.at > coalesce(known.last_reading_at, '-infinity') then newest.humidity / 100.0::float8
      else known.last_humidity end
  from watch left join newest on true
  where known.id = watch.id
  returning known.*
)
select
  coalesce((select json_agg(json_build_array(extract(epoch from at) * 1000, temperature, humidity) order by at) from stored),
    '[]') as stored,
  coalesce((select json_agg(json_build_object('n', n - 1, 'code', fault)) from judged where fault is not null), '[]') as faults,
  ${LIMITS} as limits, case when m.sales_locked then m.sales_lock_cause end as cause,
  case when m.sales_locked then coalesce(m.sales_locked_reason, 'Sales are locked at this machine.') end as reason,
  (extract(epoch from now()) * 1000)::float8 as now
from machine m ${PROFILE_JOIN}`,
};

export interface Stored {
  /** What was not there before, oldest first. */
  readonly fresh: readonly Reading[];
  /** What the database's clock forbids, by its place in what was given. */
  readonly faults: readonly { readonly n: number; readonly code: RejectionCode }[];
  /** As they are with the machine held: see `Watched`. */
  readonly limits: Limits | null;
  readonly cause: LockCause | null;
  readonly reason: string | null;
  /** The database's clock, in milliseconds since 1970. */
  readonly now: number;
}

/**
 * Stores the readings of one machine that are new (of two with the same time the first one counts), notes on the machine that
 * its device was heard and what the newest reading says, and holds the machine until the end of the transaction.
 * @param mayBeNews false for a statement alone: it does nothing where these readings may mean something for sales.
 * @returns undefined where there is no such machine, or nothing was done.
 * @throws a check violation (23514) where a day has no partition: see partitions.ts.
 */
export async function insertReadings(
  sql: Sql,
  machineId: number,
  readings: readonly Reading[],
  keepDays: number,
  mayBeNews: boolean,
): Promise<Stored | undefined> {
  const [row] = await sql.rows<Omit<Stored, 'fresh'> & { stored: [number, number, number | null][] }>(STORE, [
    machineId,
    readings.map(({ at }) => new Date(at).toISOString()),
    readings.map(({ temperature }) => temperature),
    readings.map(({ humidity }) => humidity),
    keepDays,
    !mayBeNews,
  ]);
  if (!row) return undefined;
  const { stored, ...rest } = row;
  return { ...rest, fresh: stored.map(readingOf) };
}

/** A machine's readings between two times, both included, oldest first. Milliseconds. */
export async function readingsBetween(sql: Sql, machineId: number, from: number, to: number): Promise<Reading[]> {
  const [row] = await sql.rows<{ readings: [number, number, number | null][] }>(
    {
      name: 'telemetry.between',
      text: `
select coalesce(json_agg(json_build_array(extract(epoch from at) * 1000, temperature, humidity) order by at), '[]') as readings
from larder.readings where machine_id = $1 and at between $2 and $3`,
    },
    [machineId, new Date(from).toISOString(), new Date(to).toISOString()],
  );
  return (row?.readings ?? []).map(readingOf);
}

const INSIDE = `select extract(epoch from r.at) * 1000 from larder.readings r
  where r.machine_id = $1 and r.temperature between coalesce($4::smallint, -32768) and coalesce($5::smallint, 32767)`;

/** The last reading inside the limits before one time, and the first one after another. Milliseconds; null where there is none. */
export async function insideAround(
  sql: Sql,
  machineId: number,
  { temperatureMin, temperatureMax }: Pick<Limits, 'temperatureMin' | 'temperatureMax'>,
  before: number,
  after: number,
): Promise<{ readonly before: number | null; readonly after: number | null }> {
  const [row] = await sql.rows<{ before: number | null; after: number | null }>(
    {
      name: 'telemetry.inside',
      text: `
select (${INSIDE} and r.at < $2 order by r.at desc limit 1)::float8 as before,
  (${INSIDE} and r.at > $3 order by r.at limit 1)::float8 as after`,
    },
    [machineId, new Date(before).toISOString(), new Date(after).toISOString(), temperatureMin, temperatureMax],
  );
  return row ?? { before: null, after: null };
}

function readingOf([at, temperature, humidity]: [number, number, number | null]): Reading {
  return { at, temperature, humidity };
}
