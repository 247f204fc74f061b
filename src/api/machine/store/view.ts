/** A machine as the REST API shows it: flat, every key always present, ids and times as text. PostgreSQL writes the JSON. */
const time = (column: string) => `to_char(${column}, 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;

/** Whether somebody's door is being opened, is open, or is not yet settled there. */
export const IS_BUSY = `exists (select 1 from transactions t where t.active_machine = m.id)`;

/** What a customer would find: a lock comes before everything else. */
export const STATE = `case when m.sales_locked then 'locked' when m.online is false then 'offline'
  when ${IS_BUSY} then 'busy' else 'available' end`;

/** @param distance an SQL expression in kilometres, or `null`. */
export const machineJson = (distance: string) => `json_build_object(
  'id', m.document_id, 'vendorId', m.vendor_id, 'label', m.label, 'store', m.store, 'address', m.address,
  'latitude', m.latitude, 'longitude', m.longitude, 'distanceKm', round((${distance})::numeric, 3)::float8,
  'timezone', m.timezone, 'capacity', m.capacity, 'capabilities', coalesce(m.capabilities, '[]'::jsonb),
  'properties', coalesce(m.properties, '{}'::jsonb), 'state', ${STATE}, 'online', m.online, 'door', m.door,
  'lastSeenAt', ${time('m.last_seen_at')}, 'lastTemperature', m.last_temperature, 'lastHumidity', m.last_humidity,
  'temperatureMin', m.temperature_min, 'temperatureMax', m.temperature_max, 'humidityMax', m.humidity_max,
  'doorOpenSeconds', m.door_open_seconds, 'ceilingAmount', m.ceiling_amount, 'ceilingCurrency', m.ceiling_currency,
  'theftPercent', coalesce(m.theft_percent, 100), 'theftMinimumAmount', m.theft_minimum_amount,
  'salesLocked', coalesce(m.sales_locked, false), 'salesLockedReason', m.sales_locked_reason,
  'retired', coalesce(m.retired, false), 'createdAt', ${time('m.created_at')}, 'updatedAt', ${time('m.updated_at')})`;
