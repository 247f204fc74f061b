import type { Database } from '../../../../../shared/sql';

/** Events that one run looks at, so that none holds anything up; once a minute that is more than a million a day. */
const BATCH = 1000;

/**
 * The sweep that deletes the history of purchases that are over, when nothing has changed about them for `keepDays`: their
 * state, their money. What waits for a person, and orphans, stay. @param keepDays 0 keeps all.
 */
export function createForgetEvents(database: Database, keepDays: number): () => Promise<void> {
  // Old events that stay are passed over until all have been looked at; then it begins anew.
  let after: string | null = null;
  return async () => {
    if (keepDays === 0) return;
    await database.transaction(async (sql) => {
      await sql.rows(`set local larder.maintenance = 'on'`);
      const [seen] = await sql.rows<{ last: string | null; count: number }>(FORGET, [keepDays, after, BATCH]);
      after = seen && seen.count === BATCH ? seen.last : null;
    });
  };
}

const FORGET = {
  name: 'purchases.forget-events',
  text: `
with batch as (
  select id, received_at from events
  where received_at < now() - make_interval(days => $1) and ($2::timestamp is null or received_at > $2::timestamp)
  order by received_at limit $3
),
forgotten as (
  delete from events where id = any(array(
    select b.id from batch b cross join lateral (
      select from events_transaction_lnk l join transactions t on t.id = l.transaction_id
      where l.event_id = b.id and t.state in ('completed', 'empty', 'refused', 'expired')
        and t.updated_at < now() - make_interval(days => $1) limit 1
    ) over))
)
select max(received_at)::text as last, count(*)::int as count from batch`,
};
