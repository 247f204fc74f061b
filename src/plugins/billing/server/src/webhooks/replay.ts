import type { Queue } from '../../../../../shared/queue';
import type { Database } from '../../../../../shared/sql';
import { eventJob } from './take-in';

/** Which stored events are acted on again. */
export type Replay =
  | { readonly kind: 'named'; readonly ids: readonly string[] }
  | { readonly kind: 'failed' }
  /** Received from then on, whatever became of them. */
  | { readonly kind: 'since'; readonly from: Date };

/**
 * Queues stored events again, oldest first. That is harmless for those that were done: each is applied as its object is
 * now, and changes nothing twice. @returns their ids.
 */
export async function replayEvents(database: Database, queue: Pick<Queue, 'send'>, which: Replay): Promise<string[]> {
  const ids = which.kind === 'named' ? which.ids : null;
  const from = which.kind === 'since' ? which.from.toISOString() : null;
  return database.transaction(async (sql) => {
    const rows = await sql.rows<{ id: string }>(
      {
        name: 'billing.replay-events',
        text: `
with again as (
  update stripe_events set state = 'received', error = null, processed_at = null, updated_at = now()
  where case when $1::text[] is not null then stripe_event_id = any($1)
    when $2::timestamp is not null then received_at >= $2 else state = 'failed' end
  returning id, stripe_event_id
)
select stripe_event_id as id from again order by again.id`,
      },
      [ids, from],
    );
    await queue.send(
      sql,
      rows.map(({ id }) => eventJob(id)),
    );
    return rows.map(({ id }) => id);
  });
}
