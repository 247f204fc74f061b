/**
 * Which machine a device's key belongs to. Remembered for a few seconds, as a fridge calls every minute and more; a key that is
 * revoked on any instance is forgotten at once on all of them: a trigger tells.
 */
import type { Notifications, Sql } from '../../../../../shared/sql';
import { DEVICE_KEY, DEVICE_KEYS_CHANNEL, hashOf } from './device-keys';

export interface Device {
  readonly machine: { readonly id: number; readonly documentId: string; readonly vendorId: string };
}

export interface DeviceCheck {
  /** The device that this `Authorization` header's key belongs to; undefined for a key that does not work, and anything else. */
  find(authorization: string | undefined): Promise<Device | undefined>;
}

const KEEP_MS = 5000;
/** Enough for every fridge of a large fleet; beyond it all are asked for anew. */
const MOST_KEPT = 20_000;

const FIND = {
  name: 'telemetry.device',
  // The panel shows when a key was last used, to the minute.
  text: `
with used as (
  update larder.device_keys set last_used_at = now()
  where hash = $1 and (revoked_at is null or revoked_at > now())
    and (last_used_at is null or last_used_at < now() - interval '1 minute')
)
select m.id, m.document_id as "documentId", m.vendor_id as "vendorId"
from larder.device_keys k join machines m on m.id = k.machine_id
where k.hash = $1 and (k.revoked_at is null or k.revoked_at > now())`,
};

export function createDeviceCheck(sql: Sql, notifications: Pick<Notifications, 'subscribe'>): DeviceCheck {
  const known = new Map<string, { readonly device: Device; readonly until: number }>();
  let changes = 0;
  const forget = () => {
    changes += 1;
    known.clear();
  };
  notifications.subscribe(DEVICE_KEYS_CHANNEL, forget, forget);

  return {
    async find(authorization) {
      const key = /^Bearer (\S{1,100})$/i.exec(authorization ?? '')?.[1];
      if (key === undefined || !DEVICE_KEY.test(key)) return undefined;
      const hash = hashOf(key);
      const entry = known.get(hash);
      const now = performance.now();
      if (entry && entry.until >= now) return entry.device;
      const changesBefore = changes;
      const [machine] = await sql.rows<Device['machine']>(FIND, [hash]);
      if (!machine) return undefined;
      // What was read while keys were being changed may be old already.
      if (changes === changesBefore) {
        if (known.size >= MOST_KEPT) known.clear();
        known.set(hash, { device: { machine }, until: now + KEEP_MS });
      }
      return { machine };
    },
  };
}
