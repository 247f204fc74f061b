/** The days of `larder.readings`: a partition each (UTC), made before they are needed and dropped whole when they are too old. */
import type { Database, Sql } from '../../../../../shared/sql';

const NAME = `'readings_' || to_char(day, 'YYYYMMDD')`;

/** Longest wait for the table's lock: everybody who stores a reading would wait behind us. */
const LOCK_WAIT = `select set_config('lock_timeout', '2s', true)`;
const ONE_AT_A_TIME = `select pg_advisory_xact_lock(hashtextextended('larder.readings', 0))`;

// Asked of the table itself: `to_regclass` may answer from a cache that has not heard of another instance's commit.
const MISSING = {
  name: 'telemetry.partitions.missing',
  text: `
select ${NAME} as name, day::text as "from", (day + 1)::text as "to"
from unnest($1::date[]) day
where not exists (select from pg_class c where c.relnamespace = 'larder'::regnamespace and c.relname = ${NAME}) order by day`,
};

interface Day {
  readonly name: string;
  readonly from: string;
  readonly to: string;
}

/** Makes the partitions of these days (`YYYY-MM-DD`, UTC) where they are absent. Safe to call on several instances at once. */
export async function ensureDays(database: Database, days: readonly string[]): Promise<void> {
  if ((await database.rows<Day>(MISSING, [days])).length === 0) return;
  await database.transaction(async (sql) => {
    await sql.rows(LOCK_WAIT);
    await sql.rows(ONE_AT_A_TIME);
    for (const { name, from, to } of await sql.rows<Day>(MISSING, [days])) {
      // Made aside and attached: `create … partition of` would lock out whoever stores a reading meanwhile.
      await sql.rows(`create table larder.${name} (like larder.readings including all,
        constraint ${name}_day check (at >= '${from} 00:00:00+00' and at < '${to} 00:00:00+00'))`);
      await sql.rows(`alter table larder.readings attach partition larder.${name}
        for values from ('${from} 00:00:00+00') to ('${to} 00:00:00+00')`);
      await sql.rows(`alter table larder.${name} drop constraint ${name}_day`);
    }
  });
}

/** Today's partition and those of the next days, by the database's clock. */
export async function ensureDaysAhead(database: Database, ahead: number): Promise<void> {
  const days = await database.rows<{ day: string }>(
    {
      name: 'telemetry.partitions.ahead',
      text: `select ((now() at time zone 'utc')::date + n)::text as day from generate_series(0, $1::int) n`,
    },
    [ahead],
  );
  await ensureDays(
    database,
    days.map(({ day }) => day),
  );
}

/** Drops the days of which the last reading is older than `keepDays`. @returns their names. */
export async function dropOldDays(database: Database, keepDays: number): Promise<string[]> {
  const old = await namesOfOldDays(database, keepDays);
  if (old.length === 0) return [];
  return database.transaction(async (sql) => {
    await sql.rows(LOCK_WAIT);
    await sql.rows(ONE_AT_A_TIME);
    const names = await namesOfOldDays(sql, keepDays);
    for (const name of names) await sql.rows(`drop table larder.${name}`);
    return names;
  });
}

async function namesOfOldDays(sql: Sql, keepDays: number): Promise<string[]> {
  const rows = await sql.rows<{ name: string }>(
    {
      name: 'telemetry.partitions.old',
      text: `
select c.relname as name from pg_inherits i join pg_class c on c.oid = i.inhrelid
where i.inhparent = 'larder.readings'::regclass and c.relname ~ '^readings_[0-9]{8}$'
  and to_date(right(c.relname, 8), 'YYYYMMDD') + 1 <= (now() - make_interval(days => $1)) at time zone 'utc'
order by 1`,
    },
    [keepDays],
  );
  return rows.map(({ name }) => name);
}
