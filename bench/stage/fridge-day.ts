/** A day of many fridges, minute by minute as they would have sent it. */
import { hashOf } from '../../src/plugins/telemetry/server/src/store/device-keys';
import { ensureDays } from '../../src/plugins/telemetry/server/src/store/partitions';
import type { Database } from '../../src/shared/sql';

/** The key of the device in fridge `Mn`, made up so that the bench knows it. */
export const keyOf = (n: number) => `ldk_${String(n).padStart(43, 'A')}`;

/** Gives fridges `M1` to `Mn` a device key and the same profile: 5 °C, 30 minutes. */
export async function equip(sql: Database, fridges: number): Promise<void> {
  const numbers = Array.from({ length: fridges }, (_, index) => index + 1);
  await sql.rows(
    `insert into larder.device_keys (machine_id, hash, hint, created_by)
     select m.id, given.hash, 'AAAA', 'bench' from unnest($1::text[], $2::text[]) as given (vendor_id, hash)
     join machines m on m.vendor_id = given.vendor_id`,
    [numbers.map((n) => `M${n}`), numbers.map((n) => hashOf(keyOf(n)))],
  );
  await sql.rows(
    `insert into machines_profile_lnk (machine_id, threshold_profile_id)
     select m.id, p.id from machines m, threshold_profiles p where p.name = 'FDA, 5 °C' on conflict do nothing`,
  );
}

export interface StoredDay {
  /** Readings really inserted. */
  readonly readings: number;
  readonly seconds: number;
  /** False where the time was up before the day was. */
  readonly isWhole: boolean;
}

/**
 * Stores the 24 hours until now at one reading a minute, an hour of all fridges at a time and in the order of time, so that
 * tables and indexes grow as they do in life. By plain SQL: what is measured is their size and reading them, not this.
 * @param maxSeconds after so long it is enough.
 */
export async function storeDay(sql: Database, maxSeconds: number): Promise<StoredDay> {
  const day = (ago: number) => new Date(Date.now() - ago * 86_400_000).toISOString().slice(0, 10);
  await ensureDays(sql, [day(1), day(0)]);
  const [clock] = await sql.rows<{ from: Date }>(`select date_trunc('minute', now()) - interval '24 hours' as from`);
  const startedAt = performance.now();
  const seconds = () => (performance.now() - startedAt) / 1000;
  let readings = 0;
  let hour = 0;
  for (; hour < 24 && seconds() < maxSeconds; hour += 1) {
    const [row] = await sql.rows<{ n: number }>(HOUR, [clock?.from, hour]);
    readings += row?.n ?? 0;
  }
  await sql.rows(
    `update machines set last_reading_at = now(), last_seen_at = now(), last_temperature = 3, online = true`,
  );
  const took = seconds();
  for (const table of ['readings', 'reading_hours']) await sql.rows(`vacuum (analyze) larder.${table}`);
  return { readings, seconds: took, isWhole: hour === 24 };
}

const HOUR = `
with stored as (
  insert into larder.readings (at, machine_id, temperature, humidity)
  select $1::timestamptz + make_interval(hours => $2, mins => minute), m.id, 200 + (m.id * 7 + minute * 13) % 250,
    5000 + (m.id + minute * 31) % 2000
  from generate_series(0, 59) minute, machines m order by 1
  returning at, machine_id, temperature, humidity
), hours as (
  insert into larder.reading_hours as known (hour, machine_id, count, temperature_sum, temperature_min, temperature_max,
    humidity_count, humidity_sum, humidity_min, humidity_max)
  select date_trunc('hour', at), machine_id, count(*), sum(temperature), min(temperature), max(temperature), count(humidity),
    sum(humidity), min(humidity), max(humidity)
  from stored group by 1, 2 order by 1, 2
  on conflict (machine_id, hour) do update set count = known.count + excluded.count,
    temperature_sum = known.temperature_sum + excluded.temperature_sum,
    temperature_min = least(known.temperature_min, excluded.temperature_min),
    temperature_max = greatest(known.temperature_max, excluded.temperature_max),
    humidity_count = known.humidity_count + excluded.humidity_count, humidity_sum = known.humidity_sum + excluded.humidity_sum,
    humidity_min = least(known.humidity_min, excluded.humidity_min), humidity_max = greatest(known.humidity_max, excluded.humidity_max)
)
select count(*)::int as n from stored`;
