import type { Sql } from '../../../../../shared/sql';
import { LIMITS, PROFILE_JOIN } from './watched';

const FIND = {
  name: 'telemetry.silent',
  text: `
with watched as (
  select m.id, m.last_reading_at, make_interval(mins => (${LIMITS} ->> 'silenceMinutes')::int) as patience
  from machines m ${PROFILE_JOIN}
  where m.last_reading_at is not null and not coalesce(m.sales_locked, false)
)
select id from watched where last_reading_at < now() - patience and not exists (
  select from larder.sales_locks l where l.machine_id = watched.id and not l.replaced and l.unlocked_at >= now() - patience)
order by last_reading_at limit $1`,
};

/** Machines that sell, have sent readings once, and none for longer than their limits allow. An unlock counts as a sign of life. */
export async function findSilent(sql: Sql, limit: number): Promise<number[]> {
  return (await sql.rows<{ id: number }>(FIND, [limit])).map(({ id }) => id);
}

/** A machine whose device sends nothing at all, not even a heartbeat, is not online. */
export async function noteSilent(sql: Sql): Promise<void> {
  await sql.rows({
    name: 'telemetry.offline',
    text: `
update machines m set online = false
where m.online and m.last_reading_at is not null and m.last_seen_at < now() - make_interval(mins => coalesce(
  (select p.silence_minutes from machines_profile_lnk pl join threshold_profiles p on p.id = pl.threshold_profile_id
   where pl.machine_id = m.id), 30))`,
  });
}
