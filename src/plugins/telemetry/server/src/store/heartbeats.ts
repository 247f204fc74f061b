import type { Sql } from '../../../../../shared/sql';

/** What a device says of itself; null where it says nothing of it. */
export interface Heartbeat {
  readonly door: 'locked' | 'unlocked' | null;
  readonly version: string | null;
  readonly uptimeSeconds: number | null;
}

export interface Heard {
  readonly locked: boolean;
  readonly reason: string | null;
  /** The database's clock, ISO 8601. */
  readonly time: string;
}

/** Notes that the device lives, and what it says, in one statement. @returns undefined where the machine is gone. */
export async function noteHeartbeat(
  sql: Sql,
  machineId: number,
  { door, version, uptimeSeconds }: Heartbeat,
): Promise<Heard | undefined> {
  const [row] = await sql.rows<Heard>(
    {
      name: 'telemetry.heartbeat',
      text: `
with machine as (
  update machines set last_seen_at = now(), online = true, door = coalesce($2, door) where id = $1
  returning id, coalesce(sales_locked, false) as locked, sales_locked_reason as reason
), device as (
  insert into larder.devices as known (machine_id, version, uptime_seconds, heartbeat_at)
  select id, $3, $4::bigint, now() from machine
  on conflict (machine_id) do update set version = coalesce(excluded.version, known.version),
    uptime_seconds = coalesce(excluded.uptime_seconds, known.uptime_seconds), heartbeat_at = excluded.heartbeat_at
)
select locked, reason, to_char(now() at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as time from machine`,
    },
    [machineId, door, version, uptimeSeconds],
  );
  return row;
}
