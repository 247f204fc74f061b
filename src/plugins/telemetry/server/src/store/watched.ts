/** A machine as the watch over its climate sees it. */
import type { Sql } from '../../../../../shared/sql';
import { DEFAULT_MINUTES_OUTSIDE, DEFAULT_SILENCE_MINUTES, type Limits } from '../core/limits';
import type { LockCause } from '../core/lock-cause';

export interface Watched {
  readonly id: number;
  readonly documentId: string;
  readonly label: string;
  /** Null where nobody has said what its climate should be: then it is only recorded. */
  readonly limits: Limits | null;
  /** Null while it sells. Times in milliseconds since 1970. */
  readonly lock: { readonly cause: LockCause; readonly reason: string; readonly since: number } | null;
  readonly lastReadingAt: number | null;
  readonly unlockedAt: number | null;
  /** The database's clock. */
  readonly now: number;
}

/** The limits of machine `m` with its profile `p`, as JSON; null where it has none. */
export const LIMITS = `case when p.id is not null or m.temperature_min is not null or m.temperature_max is not null then
  json_build_object(
    'temperatureMin', round((coalesce(m.temperature_min, p.temperature_min) * 100)::numeric),
    'temperatureMax', round((coalesce(m.temperature_max, p.temperature_max) * 100)::numeric),
    'humidityMax', round((coalesce(m.humidity_max, p.humidity_max) * 100)::numeric),
    'minutesOutside', coalesce(p.minutes_outside, ${DEFAULT_MINUTES_OUTSIDE}),
    'silenceMinutes', coalesce(p.silence_minutes, ${DEFAULT_SILENCE_MINUTES})) end`;

/** The profile of machine `m`, as `p`. */
export const PROFILE_JOIN = `left join machines_profile_lnk pl on pl.machine_id = m.id
left join threshold_profiles p on p.id = pl.threshold_profile_id`;

const HOLD = { name: 'telemetry.hold', text: `select id from machines where id = $1 for no key update` };

/** A statement of its own, after the first one holds the row: it has to see what the last holder wrote. */
const READ = {
  name: 'telemetry.watched',
  text: `
select m.id, m.document_id as "documentId", m.label, ${LIMITS} as limits,
  case when m.sales_locked then json_build_object('cause', coalesce(m.sales_lock_cause, 'operator'),
    'reason', coalesce(m.sales_locked_reason, 'Sales are locked at this machine.'),
    'since', extract(epoch from coalesce(l.since, now())) * 1000) end as lock,
  (extract(epoch from m.last_reading_at) * 1000)::float8 as "lastReadingAt",
  (select extract(epoch from max(o.unlocked_at)) * 1000 from larder.sales_locks o where o.machine_id = m.id and not o.replaced)::float8 as "unlockedAt",
  (extract(epoch from now()) * 1000)::float8 as now
from machines m ${PROFILE_JOIN}
left join larder.sales_locks l on l.machine_id = m.id and l.unlocked_at is null
where m.id = $1`,
};

/** Holds the machine's row until the end of the caller's transaction: one at a time judges it. Undefined where it is gone. */
export async function holdMachine(sql: Sql, machineId: number): Promise<Watched | undefined> {
  if ((await sql.rows(HOLD, [machineId])).length === 0) return undefined;
  const [row] = await sql.rows<Watched>(READ, [machineId]);
  return row;
}

/** @param key a documentId or the vendor's machine id. @returns the row's id. */
export async function findMachineId(sql: Sql, key: string): Promise<number | undefined> {
  const [row] = await sql.rows<{ id: number }>(
    {
      name: 'telemetry.machine',
      text: `select id from machines where document_id = $1 or vendor_id = $1 order by (document_id = $1) desc limit 1`,
    },
    [key],
  );
  return row?.id;
}
