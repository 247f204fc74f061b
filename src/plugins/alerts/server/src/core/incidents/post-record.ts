/**
 * What Slack has been told of an incident. A message goes out between {@link claimPost} and {@link recordPost}; whoever
 * holds the claim is the only one who posts and the only one who changes what was reported.
 *
 * Lock order: the incident, then its `incident_posts` row, as in raise.ts.
 */
import type { Sql } from '../../../../../../shared/sql';
import type { IncidentNews } from '../slack/message';

const CLAIM = {
  name: 'alerts.post.claim',
  text: `
    update larder.incident_posts set claimed_until = now() + $2::int * interval '1 second'
    where incident_id = $1 and (claimed_until is null or claimed_until < now())
    returning incident_id`,
};

const RELEASE = {
  name: 'alerts.post.release',
  text: `update larder.incident_posts set claimed_until = null where incident_id = $1`,
};

/** Not part of the claim: it has to see what the last holder wrote, also where it had to wait for that. */
const READ = {
  name: 'alerts.post.read',
  text: `
    select i.document_id as "documentId", i.cause, i.severity, i.count, i.reported_count as "reportedCount",
      i.title, i.message, i.customer_id as "customerId", post.vendor_message as "vendorMessage",
      machine.document_id as "machineId", machine.label as "machineLabel", purchase.document_id as "transactionId",
      case
        when i.reported_count = 0 then 'raised'
        when i.state = 'resolved' then case when post.resolved_ts is null then 'resolved' end
        when i.count > i.reported_count and i.reported_at <= now() - $2::int * interval '1 second' then 'counted'
      end as kind
    from incidents i
    join larder.incident_posts post on post.incident_id = i.id
    left join incidents_machine_lnk machine_link on machine_link.incident_id = i.id
    left join machines machine on machine.id = machine_link.machine_id
    left join incidents_transaction_lnk purchase_link on purchase_link.incident_id = i.id
    left join transactions purchase on purchase.id = purchase_link.transaction_id
    where i.id = $1
    limit 1`,
};

const RECORD = {
  name: 'alerts.post.record',
  text: `
    with incident as (
      update incidents set reported_count = $2, reported_at = now(), slack_ts = coalesce(slack_ts, $3),
        delivery = case when count > $2 then delivery else 'sent' end, updated_at = now()
      where id = $1 returning id
    )
    update larder.incident_posts post
    set resolved_ts = case when $4::boolean then $3 else post.resolved_ts end
    from incident where post.incident_id = incident.id`,
};

const HOLD = { name: 'alerts.post.hold', text: `select id from incidents where id = $1 for update` };

const MARK = {
  name: 'alerts.post.mark',
  text: `update incidents set delivery = $2, updated_at = now() where id = $1 and delivery = 'pending'`,
};

/** Takes the right to post about an incident for so many seconds. False where another holds it. */
export async function claimPost(sql: Sql, incidentId: number, seconds: number): Promise<boolean> {
  return (await sql.rows(CLAIM, [incidentId, seconds])).length > 0;
}

export async function releasePost(sql: Sql, incidentId: number): Promise<void> {
  await sql.rows(RELEASE, [incidentId]);
}

/**
 * Waits for whoever is counting onto the incident, until the end of the caller's transaction. An alert that found a
 * waiting job sends none of its own; that job must not look for the last time before the alert is committed.
 */
export async function holdIncident(sql: Sql, incidentId: number): Promise<void> {
  await sql.rows(HOLD, [incidentId]);
}

/** What Slack should hear now, or null where there is nothing (yet). */
export async function readNews(sql: Sql, incidentId: number, windowSeconds: number): Promise<IncidentNews | null> {
  const [row] = await sql.rows<Omit<IncidentNews, 'kind'> & { kind: IncidentNews['kind'] | null }>(READ, [
    incidentId,
    windowSeconds,
  ]);
  return row?.kind ? { ...row, kind: row.kind } : null;
}

/** Slack has accepted `news` as message `ts`. */
export async function recordPost(sql: Sql, incidentId: number, news: IncidentNews, ts: string): Promise<void> {
  await sql.rows(RECORD, [incidentId, news.count, ts, news.kind === 'resolved']);
}

/** Slack will not hear of this: every try failed, or it is not set up. The inbox shows it. */
export async function markUndelivered(sql: Sql, incidentId: number, delivery: 'failed' | 'off'): Promise<void> {
  await sql.rows(MARK, [incidentId, delivery]);
}
