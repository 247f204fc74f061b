/** Events that are stored, and what became of them. */
import type { Sql } from '../../../../../shared/sql';

export interface StoredEvent {
  readonly id: string;
  readonly type: string;
  /** What the event was about, as it was then: only good for telling which object to fetch. */
  readonly object: Readonly<Record<string, unknown>>;
}

/** The event where something is still to be done about it. */
export async function findOpenEvent(sql: Sql, stripeEventId: string): Promise<StoredEvent | undefined> {
  const [row] = await sql.rows<{ id: string; type: string; object: Record<string, unknown> | null }>(
    {
      name: 'billing.open-event',
      text: `
select stripe_event_id as id, type, payload -> 'data' -> 'object' as object
from stripe_events where stripe_event_id = $1 and state not in ('done', 'ignored')`,
    },
    [stripeEventId],
  );
  return row && { ...row, object: row.object ?? {} };
}

export async function closeEvent(sql: Sql, stripeEventId: string, state: 'done' | 'ignored'): Promise<void> {
  await sql.rows(
    {
      name: 'billing.close-event',
      text: `update stripe_events set state = $2, error = null, processed_at = now(), updated_at = now() where stripe_event_id = $1`,
    },
    [stripeEventId, state],
  );
}

/** Keeps why a try failed; the event stays open, and the queue tries again. */
export async function noteFailure(sql: Sql, stripeEventId: string, error: string): Promise<void> {
  await sql.rows(
    {
      name: 'billing.note-event-failure',
      text: `update stripe_events set error = $2, updated_at = now() where stripe_event_id = $1 and state = 'received'`,
    },
    [stripeEventId, error.slice(0, 2000)],
  );
}

/** The queue has given up. Answers what there is to tell; undefined where somebody has dealt with it meanwhile. */
export async function failEvent(
  sql: Sql,
  stripeEventId: string,
): Promise<{ type: string; error: string | null } | undefined> {
  const [row] = await sql.rows<{ type: string; error: string | null }>(
    {
      name: 'billing.fail-event',
      text: `
update stripe_events set state = 'failed', processed_at = now(), updated_at = now()
where stripe_event_id = $1 and state = 'received' returning type, error`,
    },
    [stripeEventId],
  );
  return row;
}
