/** A batch of readings: stored once and judged; where it may mean something for sales, in the transaction that acts on it. */
import type { Sql } from '../../../../../shared/sql';
import { isOutside } from '../core/limits';
import type { Reading, RejectionCode } from '../core/reading';
import type { TelemetryParts } from '../core/parts';
import { ensureDays } from '../store/partitions';
import { insertReadings, type Stored } from '../store/readings';
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
  const work = async () =>
    (await takePlain(machineId, readings, parts)) ??
    (await parts.database.transaction((sql) => take(sql, machineId, readings, parts)));
  try {
    return await work();
  } catch (error) {
    if (!isDayMissing(error)) throw error;
    const days = new Set(readings.map(({ at }) => new Date(at).toISOString().slice(0, 10)));
    await ensureDays(parts.database, await storableDays(parts, [...days]));
    return work();
  }
}

/** Readings that mean nothing for sales, as most: one statement alone. Undefined for any others. */
async function takePlain(
  machineId: number,
  readings: readonly Reading[],
  parts: TelemetryParts,
): Promise<Taken | undefined> {
  const stored = await insertReadings(parts.database, machineId, readings, parts.keepDays, false);
  if (!stored) return undefined;
  if (!isNews(stored)) return takenOf(stored, readings);
  // Its limits or its lock were changed in this very moment.
  return parts.database.transaction((sql) => act(sql, machineId, stored, readings, parts));
}

async function take(
  sql: Sql,
  machineId: number,
  readings: readonly Reading[],
  parts: TelemetryParts,
): Promise<Taken | null> {
  const stored = await insertReadings(sql, machineId, readings, parts.keepDays, true);
  if (!stored) return null;
  return isNews(stored) ? act(sql, machineId, stored, readings, parts) : takenOf(stored, readings);
}

async function act(
  sql: Sql,
  machineId: number,
  stored: Stored,
  readings: readonly Reading[],
  parts: TelemetryParts,
): Promise<Taken> {
  // Read anew: what was read while the statement waited for the machine may be old.
  const machine = await holdMachine(sql, machineId);
  const lock = machine && (await actOnReadings(sql, machine, stored.fresh, parts));
  return { ...takenOf(stored, readings), reason: lock?.reason ?? null };
}

function isNews({ limits, cause, fresh }: Stored): boolean {
  return limits !== null && (cause === 'silence' || fresh.some((reading) => isOutside(reading, limits)));
}

function takenOf({ fresh, faults, reason, now }: Stored, readings: readonly Reading[]): Taken {
  return { stored: fresh.length, repeated: readings.length - fresh.length - faults.length, faults, now, reason };
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
