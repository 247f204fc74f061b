/** How far the sweep of Stripe's events has come, by the database's clock; seconds since the epoch. */
import type { Sql } from '../../../../../shared/sql';

const NAME = 'events';
/** Events may be listed a little late, and clocks differ: so much is always read again. Seconds. */
const OVERLAP_S = 300;

export interface Cursor {
  readonly reached: number;
  readonly now: number;
}

/** At the very first, a day back or where the oldest payment that is not at an end began; Stripe keeps 30 days. */
export async function startCursor(sql: Sql): Promise<Cursor> {
  const [row] = await sql.rows<Cursor>(
    {
      name: 'billing.start-cursor',
      text: `
with begun as (
  insert into larder.stripe_cursors (name, reached_at)
  select $1, least(now() - interval '1 day', (select min(created_at) from payments
    where state in ('requested', 'held', 'at_risk', 'action_required', 'capturing', 'releasing')))
  on conflict (name) do nothing returning reached_at
),
reached as (
  select greatest(reached_at, now()::timestamp - interval '30 days') as at from (
    select reached_at from begun union all select reached_at from larder.stripe_cursors where name = $1) c
)
select floor(extract(epoch from at))::float8 as reached, floor(extract(epoch from now()::timestamp))::float8 as now
from reached limit 1`,
    },
    [NAME],
  );
  if (!row) throw new Error('An insert left no row behind.');
  return row;
}

/** Up to there all is taken in; the last minutes are read again all the same. Never back. */
export async function moveCursor(sql: Sql, to: number): Promise<void> {
  await sql.rows(
    {
      name: 'billing.move-cursor',
      text: `
update larder.stripe_cursors
set reached_at = greatest(reached_at, least(to_timestamp($2)::timestamp, now()::timestamp - make_interval(secs => ${OVERLAP_S})))
where name = $1`,
    },
    [NAME, to],
  );
}
