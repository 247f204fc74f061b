/** Opens an incident, or counts onto the one that is open for the same machine and cause. */
import type { Alert } from '../../../../../purchases/server/src/ports/notifier';
import { newDocumentId } from '../../../../../../shared/ids';
import type { Sql } from '../../../../../../shared/sql';
import { activeKey } from '../alert';
import { queues } from '../queues';

/**
 * `seen` decides: an occurrence that is known counts nothing. The unique `active_key` makes "open or count" one step,
 * however many instances raise the same thing. It happened when its job was sent, in the transaction that caused it.
 */
const COUNT = {
  name: 'alerts.raise.count',
  text: `
    with seen as (
      insert into larder.alert_occurrences (cause, occurrence) values ($1, $2) on conflict do nothing returning cause
    ), raised as (
      select coalesce((select created_on from pgboss.job where name = '${queues.raise}' and id = $10::uuid), now()) as at
    )
    insert into incidents as known
      (document_id, cause, severity, state, title, message, customer_id, active_key, count, first_at, last_at,
       delivery, reported_count, created_at, updated_at, published_at)
    select $3, seen.cause, $4, 'open', $5, $6, $7, $8, 1, at, at, $9, 0, now(), now(), now() from seen, raised
    on conflict (active_key) do update set
      severity = case
        when array_position(array['notice', 'warning', 'urgent'], excluded.severity::text)
           > array_position(array['notice', 'warning', 'urgent'], known.severity::text) then excluded.severity
        else known.severity end,
      message = excluded.message,
      customer_id = coalesce(excluded.customer_id, known.customer_id),
      count = known.count + 1,
      last_at = greatest(excluded.last_at, known.last_at),
      updated_at = excluded.updated_at,
      delivery = excluded.delivery
    returning id`,
};

/**
 * A statement of its own, after the first one holds the incident's row: in the same statement, two alerts that arrive
 * together would not see each other's links, and the inbox would get two transactions where it can show one.
 */
const LINK = {
  name: 'alerts.raise.link',
  text: `
    with machine as (
      select id from machines where document_id = $2 limit 1
    ), purchase as (
      select id from transactions where document_id = $3 limit 1
    ), machine_link as (
      insert into incidents_machine_lnk (incident_id, machine_id) select $1::int, id from machine on conflict do nothing
    ), moved_link as (
      update incidents_transaction_lnk set transaction_id = purchase.id from purchase where incident_id = $1
    ), new_link as (
      insert into incidents_transaction_lnk (incident_id, transaction_id)
      select $1::int, id from purchase
      where not exists (select from incidents_transaction_lnk where incident_id = $1)
    ), every_link as (
      insert into larder.incident_transactions (incident_id, transaction_id)
      select $1::int, id from purchase on conflict do nothing
    )
    insert into larder.incident_posts (incident_id, vendor_message) values ($1, $4)
    on conflict (incident_id) do update set vendor_message = excluded.vendor_message`,
};

export interface Wording {
  /** What the inbox calls incidents of this cause. */
  readonly title: string;
  /** The alert's message together with the vendor's. */
  readonly text: string;
}

/**
 * Counts the alert of job `jobId`, in the caller's transaction.
 * @param delivery whether Slack will be told.
 * @returns the incident's row id, or null for an occurrence that was counted before.
 */
export async function countAlert(
  sql: Sql,
  jobId: string,
  alert: Alert,
  { title, text }: Wording,
  delivery: 'pending' | 'off',
): Promise<number | null> {
  const { cause, occurrence, severity, machineId, transactionId, customerId, vendorMessage } = alert;
  const key = activeKey(machineId, cause);
  const values = [cause, occurrence, newDocumentId(), severity, title, text, customerId, key, delivery, jobId];
  const [incident] = await sql.rows<{ id: number }>(COUNT, values);
  if (!incident) return null;
  await sql.rows(LINK, [incident.id, machineId, transactionId, vendorMessage]);
  return incident.id;
}
