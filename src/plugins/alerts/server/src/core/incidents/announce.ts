import type { Job } from '../../../../../../shared/jobs';
import type { Sql } from '../../../../../../shared/sql';
import { queues } from '../queues';

/**
 * Of the given incidents, those with something that Slack has not heard, and in how many seconds it may. A job that
 * waits will do: one that is being tried again at any time, another if it starts no later.
 */
const UNTOLD = {
  name: 'alerts.announce',
  text: `
    with news as (
      select i.id, case
          when i.reported_count > 0 and i.state = 'open'
          then greatest(0, ceil(extract(epoch from i.reported_at + $2::int * interval '1 second' - now())))::int
          else 0 end as wait
      from incidents i
      left join larder.incident_posts post on post.incident_id = i.id
      where i.id = any($1::int[]) and i.delivery <> 'off'
        and (i.count > i.reported_count or (i.state = 'resolved' and post.resolved_ts is null))
    )
    select id, wait from news
    where not exists (
      select from pgboss.job
      where name = '${queues.post}' and singleton_key = news.id::text
        and (state = 'retry' or (state = 'created' and start_after <= now() + (news.wait + 1) * interval '1 second')))`,
};

/** The jobs that tell Slack what is new about incidents: at once, or when the window since the last message ends. */
export async function announcements(sql: Sql, incidentIds: readonly number[], windowSeconds: number): Promise<Job[]> {
  if (incidentIds.length === 0) return [];
  const rows = await sql.rows<{ id: number; wait: number }>(UNTOLD, [incidentIds, windowSeconds]);
  return rows.map(({ id, wait }) => ({
    queue: queues.post,
    data: { incidentId: id },
    singletonKey: String(id),
    ...(wait > 0 && { delaySeconds: wait }),
  }));
}
