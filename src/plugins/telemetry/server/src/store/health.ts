/** Everything about one fridge, in one statement. */
import type { Sql } from '../../../../../shared/sql';
import type { Facts } from '../core/verdict';
import { LIMITS, PROFILE_JOIN } from './watched';

/** Per day; in °C and per cent. Null where nothing was measured. */
interface Climate {
  readonly now: number | null;
  readonly min: number | null;
  readonly mean: number | null;
  readonly max: number | null;
}

export interface Health {
  readonly id: string;
  readonly label: string;
  readonly online: boolean | null;
  readonly door: string | null;
  readonly lastSeenAt: string | null;
  readonly lastReadingAt: string | null;
  readonly temperature: Climate;
  readonly humidity: Climate;
  readonly inventory: readonly unknown[];
  readonly incidents: readonly unknown[];
}

const TIME = (expression: string) => `to_char(${expression}, 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;
const CLIMATE = (what: 'temperature' | 'humidity') => `json_build_object(
    'now', (select ${what} / 100.0::float8 from newest),
    'min', min(r.${what}) / 100.0::float8, 'mean', round(avg(r.${what})) / 100.0::float8, 'max', max(r.${what}) / 100.0::float8)`;

/**
 * @param machineKey a documentId or the vendor's machine id.
 * @param inventory the SQL expression of a machine's inventory: see `TelemetryPorts`.
 * @returns undefined where there is no such machine.
 */
export async function readHealth(
  sql: Sql,
  machineKey: string,
  inventory: (machineId: string) => string,
): Promise<{ readonly health: Health; readonly facts: Omit<Facts, 'incidents'> } | undefined> {
  const [row] = await sql.rows<{ health: Health; facts: Omit<Facts, 'incidents'> }>(
    {
      name: 'telemetry.health',
      text: `
with m as (
  select * from machines where document_id = $1 or vendor_id = $1 order by (document_id = $1) desc limit 1
), day as (
  select r.* from m join larder.readings r on r.machine_id = m.id and r.at > now() - interval '24 hours'
), newest as (
  select * from day order by at desc limit 1
), climate as (
  select ${CLIMATE('temperature')} as temperature, ${CLIMATE('humidity')} as humidity from day r
)
select json_build_object('id', m.document_id, 'label', m.label, 'online', m.online, 'door', m.door,
    'lastSeenAt', ${TIME('m.last_seen_at')}, 'lastReadingAt', ${TIME('m.last_reading_at')},
    'temperature', climate.temperature, 'humidity', climate.humidity,
    'inventory', ${inventory('m.id')},
    'incidents', coalesce((
      select json_agg(json_build_object('id', i.document_id, 'cause', i.cause, 'severity', i.severity, 'title', i.title,
        'message', i.message, 'count', i.count, 'firstAt', ${TIME('i.first_at')}, 'lastAt', ${TIME('i.last_at')})
        order by i.last_at desc)
      from incidents i join incidents_machine_lnk il on il.incident_id = i.id
      where il.machine_id = m.id and i.state = 'open'), '[]')) as health,
  json_build_object('online', m.online, 'limits', ${LIMITS},
    'lock', case when m.sales_locked then json_build_object('cause', coalesce(m.sales_lock_cause, 'operator'),
      'reason', m.sales_locked_reason) end,
    'newest', case when m.last_reading_at is not null then json_build_object(
      'at', extract(epoch from m.last_reading_at) * 1000,
      'minutesAgo', extract(epoch from now() - m.last_reading_at) / 60,
      'temperature', round((m.last_temperature * 100)::numeric), 'humidity', round((m.last_humidity * 100)::numeric)) end) as facts
from m cross join climate ${PROFILE_JOIN}`,
    },
    [machineKey],
  );
  return row;
}
