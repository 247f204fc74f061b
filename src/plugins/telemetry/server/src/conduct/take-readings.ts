/** A batch of readings: stored once, judged, and where need be followed by a lock, all in one transaction. */
import type { Sql } from '../../../../../shared/sql';
import { isOutside } from '../core/limits';
import type { Reading, RejectionCode } from '../core/reading';
import type { TelemetryParts } from '../core/parts';
import { ensureDays } from '../store/partitions';
import { insertReadings } from '../store/readings';
import { holdMachine } from '../store/watched';
import { actOnReadings } from './act-on-readings';

export interface Taken {
  readonly stored: number;
  readonly repeated: number;
  /** What the database's clock forbids, by its place in what was given. */
  readonly faults: readonly { readonly n: number; readonly code: RejectionCode }[];
  /** Why nothing is sold; null while it sells. */
  readonly reason: string | null;
  /** The database's clock, in milliseconds since 1970. */
  readonly now: number;
}

/** @returns null where the machine is gone. */
export async function takeReadings(
  machineId: number,
  readings: readonly Reading[],
  parts: TelemetryParts,
): Promise<Taken | null> {
  const work = () => parts.database.transaction((sql) => take(sql, machineId, readings, parts));
  try {
    return await work();
  } catch (error) {
    if (!isDayMissing(error)) throw error;
    const days = new Set(readings.map(({ at }) => new Date(at).toISOString().slice(0, 10)));
    await ensureDays(parts.database, await storableDays(parts, [...days]));
    return work();
  }
}

async function take(
  sql: Sql,
  machineId: number,
  readings: readonly Reading[],
  parts: TelemetryParts,
): Promise<Taken | null> {
  const stored = await insertReadings(sql, machineId, readings, parts.keepDays);
  if (!stored) return null;
  const { fresh, faults, limits, cause, reason, now } = stored;
  const repeated = readings.length - fresh.length - faults.length;
  const taken = { stored: fresh.length, repeated, faults, now, reason };
  const isNews = limits !== null && (cause === 'silence' || fresh.some((reading) => isOutside(reading, limits)));
  if (!isNews) return taken;
  // Read anew: what was read while the statement waited for the machine may be old.
  const machine = await holdMachine(sql, machineId);
  const lock = machine && (await actOnReadings(sql, machine, fresh, parts));
  return { ...taken, reason: lock?.reason ?? null };
}

/** PostgreSQL: "no partition of relation … found for row". https://www.postgresql.org/docs/18/ddl-partitioning.html */
function isDayMissing(error: unknown): boolean {
  const { code, table, constraint } = error as { code?: unknown; table?: unknown; constraint?: unknown };
  return code === '23514' && table === 'readings' && constraint === undefined;
}

/** Those of the days of which a reading could be stored, by the database's clock: nobody makes us a table of the year 1. */
async function storableDays({ database, keepDays }: TelemetryParts, days: readonly string[]): Promise<string[]> {
  const rows = await database.rows<{ day: string }>(
    {
      name: 'telemetry.storable-days',
      text: `select day::text from unnest($1::date[]) day
where day between (now() at time zone 'utc')::date - $2::int - 1 and (now() at time zone 'utc')::date + 1`,
    },
    [days, keepDays],
  );
  return rows.map(({ day }) => day);
}
