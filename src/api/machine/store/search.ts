/** Machines by text, store, state, capability and distance. Some thousands of rows, read in one statement. */
import type { Sql } from '../../../shared/sql';
import type { MachineSearch } from '../http/machine-requests';
import { machineJson, STATE } from './view';

/** Mean radius of the earth in kilometres; the sphere is off by half a percent at most. */
const EARTH_KM = 6371;

/** The JSON of one machine, by documentId or vendorId. */
export async function findMachineJson(sql: Sql, key: string): Promise<string | undefined> {
  const [row] = await sql.rows<{ json: string }>(
    {
      name: 'machines.view',
      text: `select ${machineJson('null')}::text as json from machines m
where m.document_id = $1 or m.vendor_id = $1 order by (m.document_id = $1) desc limit 1`,
    },
    [key],
  );
  return row?.json;
}

/** The JSON of `{ data, meta }`. */
export async function searchMachines(sql: Sql, search: MachineSearch): Promise<string> {
  const values: unknown[] = [];
  const bind = (value: unknown) => `$${values.push(value)}`;
  const conditions = [`coalesce(m.retired, false) = ${bind(search.retired)}`];
  if (search.text !== undefined) {
    const pattern = bind(`%${search.text.replace(/[\\%_]/g, '\\$&')}%`);
    const texts = ['m.label', 'm.vendor_id', 'm.store', 'm.address'];
    conditions.push(`(${texts.map((text) => `${text} ilike ${pattern}`).join(' or ')})`);
  }
  if (search.store !== undefined) conditions.push(`m.store = ${bind(search.store)}`);
  if (search.state !== undefined) conditions.push(`${STATE} = ${bind(search.state)}`);
  if (search.capability !== undefined) conditions.push(`m.capabilities ? ${bind(search.capability)}`);
  const distance = search.near ? distanceTo(search.near, bind) : 'null::float8';
  const within = search.near?.radiusKm ?? null;
  const order = search.near ? 'distance nulls last, label, id' : 'label, id';
  const limit = `limit ${bind(search.pageSize)} offset ${bind((search.page - 1) * search.pageSize)}`;
  const [row] = await sql.rows<{ json: string }>(
    `with found as materialized (
  select m.id, m.label, ${distance} as distance from machines m where ${conditions.join(' and ')}
),
near as (select * from found ${within === null ? '' : `where distance <= ${bind(within)}`}),
page as (select * from near order by ${order} ${limit})
select json_build_object(
  'data', coalesce((select json_agg(${machineJson('p.distance')} order by ${order.replace(/\b(distance|label|id)\b/g, 'p.$1')})
    from page p join machines m on m.id = p.id), '[]'::json),
  'meta', json_build_object('page', ${bind(search.page)}::int, 'pageSize', ${bind(search.pageSize)}::int,
    'total', (select count(*)::int from near)))::text as json`,
    values,
  );
  return row?.json ?? '';
}

/** Haversine, in kilometres; null where nobody said where a machine stands. */
function distanceTo(near: { latitude: number; longitude: number }, bind: (value: unknown) => string): string {
  const [lat, long] = [`${bind(near.latitude)}::float8`, `${bind(near.longitude)}::float8`];
  return `2 * ${EARTH_KM} * asin(least(1, sqrt(
    power(sin(radians(m.latitude - ${lat}) / 2), 2)
    + cos(radians(${lat})) * cos(radians(m.latitude)) * power(sin(radians(m.longitude - ${long}) / 2), 2))))`;
}
