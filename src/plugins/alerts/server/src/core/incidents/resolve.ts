/** Ends incidents: one at somebody's word, the others by a sweep that sees that they are over. */
import type { AlertCause } from '../../../../../purchases/server/src/ports/notifier';
import type { Sql } from '../../../../../../shared/sql';
import { activeKey } from '../alert';
import { causesEnding } from '../causes';
import { queues } from '../queues';

/** Alerts raised before this resolution that nobody has counted yet: a job may be tried late, or on another instance. */
const EARLIER = {
  name: 'alerts.resolve.earlier',
  text: `
    select 1 from pgboss.job raised
    join pgboss.job resolution on resolution.name = '${queues.resolve}' and resolution.id = $1::uuid
    where raised.name = '${queues.raise}' and raised.state < 'completed' and raised.created_on <= resolution.created_on
      and raised.data ->> 'cause' = $2 and raised.data ->> 'machineId' is not distinct from $3
    limit 1`,
};

/** An alert that was sent after the resolution is a new matter, whichever of the two is handled first. */
const RESOLVE = {
  name: 'alerts.resolve',
  text: `
    update incidents set state = 'resolved', resolved_at = now(), active_key = null, updated_at = now()
    where active_key = $1 and state = 'open'
      and last_at <= (select created_on from pgboss.job where name = '${queues.resolve}' and id = $2::uuid)
    returning id`,
};

/**
 * What is over by itself. An incident is left alone for five seconds after it was touched: an alert that is being counted
 * right now may bring a purchase which this statement cannot see yet.
 */
const SWEEP = {
  name: 'alerts.resolve.sweep',
  text: `
    update incidents i set state = 'resolved', resolved_at = now(), active_key = null, updated_at = now()
    where i.state = 'open' and i.updated_at < now() - least($4::int, 5) * interval '1 second' and case
      when i.cause = any($1)
        and exists (select from larder.incident_transactions link where link.incident_id = i.id) then
        not exists (
          select from larder.incident_transactions link
          join transactions t on t.id = link.transaction_id
          where link.incident_id = i.id and t.state = 'review')
      when i.cause = any($2)
        and exists (select from incidents_machine_lnk machine where machine.incident_id = i.id) then
        exists (
          select from incidents_machine_lnk machine
          join transactions_machine_lnk link on link.machine_id = machine.machine_id
          join transactions t on t.id = link.transaction_id
          where machine.incident_id = i.id and t.opened_at > i.last_at)
      when i.cause = any($3) then false
      else i.last_at < now() - $4::int * interval '1 second'
    end
    returning i.id`,
};

/**
 * Ends the open incident of a cause at a machine; job `jobId` says so.
 * @returns the row ids of what it ended (none, where none was open), or `early` while alerts sent before it wait.
 */
export async function resolveIncident(
  sql: Sql,
  jobId: string,
  cause: AlertCause,
  machineId: string | null,
): Promise<readonly number[] | 'early'> {
  if ((await sql.rows(EARLIER, [jobId, cause, machineId])).length > 0) return 'early';
  return ids(await sql.rows(RESOLVE, [activeKey(machineId, cause), jobId]));
}

/** Ends every incident that is over. @returns their row ids. */
export async function resolveWhatIsOver(sql: Sql, windowSeconds: number): Promise<readonly number[]> {
  const values = [causesEnding('decided'), causesEnding('opened'), causesEnding('resolved'), windowSeconds];
  return ids(await sql.rows(SWEEP, values));
}

const ids = (rows: readonly { id?: number }[]) => rows.flatMap(({ id }) => (id === undefined ? [] : [id]));
