/** How far the nightly check has come, and whose night it is. */
import type { Sql } from '../../../../../shared/sql';

/** Stripe lists what it writes a little late, and clocks differ: so much is read again. Hours. */
const OVERLAP_H = 2;

/** From when and until when Stripe's balance is to be read; null where there is no payment yet. */
export interface Span {
  readonly since: Date;
  readonly until: Date;
}

/** @param inFlightMinutes how young a movement may be whose webhook is still on its way: such are left for the next night. */
export async function findSpan(sql: Sql, inFlightMinutes: number): Promise<Span | null> {
  const [row] = await sql.rows<{ since: Date | null; until: Date }>(
    {
      name: 'billing.books-span',
      text: `
select (coalesce((select reached_at from larder.stripe_cursors where name = 'balance'),
  (select created_at from payments order by id limit 1)) - make_interval(hours => $1)) at time zone 'UTC' as since,
  now() - make_interval(mins => $2) as until`,
    },
    [OVERLAP_H, inFlightMinutes],
  );
  return row?.since ? { since: row.since, until: row.until } : null;
}

export async function moveCursor(sql: Sql, to: Date): Promise<void> {
  await sql.rows(
    {
      name: 'billing.move-books-cursor',
      text: `
insert into larder.stripe_cursors as c (name, reached_at) values ('balance', $1::timestamp)
on conflict (name) do update set reached_at = greatest(c.reached_at, excluded.reached_at)`,
    },
    [to.toISOString()],
  );
}

/**
 * Claims this night for whoever asks first, from `hour` (UTC) on: one instance, once, also where the hour itself was slept
 * through. The first night of a new database is only noted: it has no books yet.
 */
export async function claimNight(sql: Sql, hour: number): Promise<boolean> {
  const [claimed] = await sql.rows<{ again: boolean }>(
    {
      name: 'billing.claim-night',
      text: `
insert into larder.stripe_cursors as c (name, reached_at)
select 'books', date_trunc('day', now()) where extract(hour from now()) >= $1
on conflict (name) do update set reached_at = excluded.reached_at where c.reached_at < excluded.reached_at
returning (xmax <> 0) as again`,
    },
    [hour],
  );
  return claimed?.again ?? false;
}
