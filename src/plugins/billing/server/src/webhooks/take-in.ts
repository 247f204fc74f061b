/** Events into the database, each once, together with the job that acts on it. */
import { newDocumentId } from '../../../../../shared/ids';
import type { Job } from '../../../../../shared/jobs';
import type { BillingParts } from '../core/parts';
import { queues } from '../core/queues';
import { eventRow, type EventSource, type StripeEvent } from './event';
import { TOLERANCE_S } from './signature';

export interface TakenIn {
  /** False where the signature is too old, or from the future: then nothing was stored. */
  readonly isTimely: boolean;
  /** How many were not there before. */
  readonly count: number;
}

/**
 * Stores what is new and sends its jobs, in one transaction. An event that is there already is left as it is.
 * @param signedAt seconds since the epoch; null for events that Stripe itself listed.
 */
export async function takeIn(
  events: readonly StripeEvent[],
  source: EventSource,
  signedAt: number | null,
  { database, queue }: Pick<BillingParts, 'database' | 'queue'>,
): Promise<TakenIn> {
  if (events.length === 0) return { isTimely: true, count: 0 };
  const rows = events.map((event) => eventRow(event, newDocumentId()));
  return database.transaction(async (sql) => {
    const [taken] = await sql.rows<{ timely: boolean; ids: string[] }>(
      {
        name: 'billing.take-in-events',
        text: `
with clock as (
  select $3::float8 is null or abs(extract(epoch from clock_timestamp()) - $3::float8) <= ${TOLERANCE_S} as timely
),
made as (
  insert into stripe_events (document_id, stripe_event_id, type, object_id, state, source, livemode, api_version, payload,
    stripe_created_at, received_at, created_at, updated_at, published_at)
  select e.document_id, e.stripe_event_id, e.type, e.object_id, 'received', $2, e.livemode, e.api_version, e.payload,
    to_timestamp(e.created)::timestamp, now(), now(), now(), now()
  from clock, jsonb_to_recordset($1::jsonb) as e(document_id text, stripe_event_id text, type text, object_id text,
    livemode boolean, api_version text, created bigint, payload jsonb)
  where clock.timely
  on conflict (stripe_event_id) do nothing returning stripe_event_id
)
select timely, (select coalesce(json_agg(stripe_event_id), '[]') from made) as ids from clock`,
      },
      [JSON.stringify(rows), source, signedAt],
    );
    const ids = taken?.ids ?? [];
    await queue.send(sql, ids.map(eventJob));
    return { isTimely: taken?.timely ?? false, count: ids.length };
  });
}

/** The job that acts on a stored event. */
export function eventJob(stripeEventId: string): Job {
  return { queue: queues.event, data: { eventId: stripeEventId }, singletonKey: stripeEventId };
}
