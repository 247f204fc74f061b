import type { Sql } from '../../../../../shared/sql';
import { deviceKeysOf, type DeviceKeyView } from './device-keys';

/** A device as an operator sees it. */
export interface DeviceLook {
  /** The keys that work, the live one first. */
  readonly keys: readonly DeviceKeyView[];
  readonly version: string | null;
  readonly uptimeSeconds: number | null;
  readonly heartbeatAt: string | null;
}

export async function lookAtDevice(sql: Sql, machineId: number): Promise<DeviceLook> {
  const [device] = await sql.rows<Omit<DeviceLook, 'keys'>>(
    `select version, uptime_seconds::float8 as "uptimeSeconds",
       to_char(heartbeat_at at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as "heartbeatAt"
     from larder.devices where machine_id = $1`,
    [machineId],
  );
  const keys = await deviceKeysOf(sql, machineId);
  return { keys, ...(device ?? { version: null, uptimeSeconds: null, heartbeatAt: null }) };
}
