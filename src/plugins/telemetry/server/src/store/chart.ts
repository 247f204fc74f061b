/** The readings of one machine for a chart, as the JSON that REST answers with: PostgreSQL writes it. */
import type { Sql } from '../../../../../shared/sql';

export interface Chart {
  /** A documentId or the vendor's machine id. */
  readonly machineKey: string;
  /** Milliseconds since 1970; `to` is not included. The last 24 hours where absent. */
  readonly from: number | null;
  readonly to: number | null;
  readonly resolution: 'raw' | 'hour';
}

const TIME = (expression: string) => `to_char(${expression} at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;

const statement = (resolution: Chart['resolution'], rows: string) => ({
  name: `telemetry.chart.${resolution}`,
  text: `
with asked as (
  select m.id, m.document_id, coalesce($3::timestamptz, now()) as "to",
    coalesce($2::timestamptz, coalesce($3::timestamptz, now()) - interval '24 hours') as "from"
  from machines m where document_id = $1 or vendor_id = $1 order by (document_id = $1) desc limit 1
)
select json_build_object('id', a.document_id, 'from', ${TIME('a."from"')}, 'to', ${TIME('a."to"')},
  'resolution', '${resolution}', 'data', coalesce((${rows}), '[]'))::text as chart
from asked a`,
});

const RAW = statement(
  'raw',
  `select json_agg(json_build_object('at', ${TIME('r.at')}, 'temperature', r.temperature / 100.0::float8,
    'humidity', r.humidity / 100.0::float8) order by r.at)
   from larder.readings r where r.machine_id = a.id and r.at >= a."from" and r.at < a."to"`,
);

const HOURS = statement(
  'hour',
  `select json_agg(json_build_object('hour', ${TIME('h.hour')}, 'count', h.count,
    'temperature', json_build_object('min', h.temperature_min / 100.0::float8,
      'mean', round(h.temperature_sum::numeric / h.count) / 100.0::float8, 'max', h.temperature_max / 100.0::float8),
    'humidity', case when h.humidity_count > 0 then json_build_object('min', h.humidity_min / 100.0::float8,
      'mean', round(h.humidity_sum::numeric / h.humidity_count) / 100.0::float8, 'max', h.humidity_max / 100.0::float8) end)
    order by h.hour)
   from larder.reading_hours h
   where h.machine_id = a.id and h.hour >= date_trunc('hour', a."from") and h.hour < a."to"`,
);

/** @returns the answer's JSON text; undefined where there is no such machine. */
export async function readChart(sql: Sql, chart: Chart): Promise<string | undefined> {
  const time = (at: number | null) => (at === null ? null : new Date(at).toISOString());
  const [row] = await sql.rows<{ chart: string }>(chart.resolution === 'raw' ? RAW : HOURS, [
    chart.machineKey,
    time(chart.from),
    time(chart.to),
  ]);
  return row?.chart;
}
