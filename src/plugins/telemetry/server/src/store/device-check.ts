/**
 * Which machine a device's key belongs to. Remembered from one call to the next, as a fridge calls every minute and more; a key
 * that is revoked on any instance is forgotten at once on all of them: a trigger tells. Should that once not arrive, one more
 * call is answered: what is seconds old is looked up again behind the answer.
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

/** For so long nobody asks again. */
const FRESH_MS = 5000;
/** For so long it still counts, while it is asked for again: longer than a living device says nothing. */
const KEEP_MS = 70_000;
/** Enough for every fridge of a large fleet; beyond it all are asked for anew. */
const MOST_KEPT = 20_000;

const FIND = {
  name: 'telemetry.device',
  // The panel shows when a key was last used, to ten minutes.
  text: `
with used as (
  update larder.device_keys set last_used_at = now()
  where hash = $1 and (revoked_at is null or revoked_at > now())
    and (last_used_at is null or last_used_at < now() - interval '10 minutes')
)
select m.id, m.document_id as "documentId", m.vendor_id as "vendorId",
  (extract(epoch from k.revoked_at - now()) * 1000)::float8 as "endsInMs"
from larder.device_keys k join machines m on m.id = k.machine_id
where k.hash = $1 and (k.revoked_at is null or k.revoked_at > now())`,
};

interface Known {
  readonly device: Device;
  readonly freshUntil: number;
  readonly until: number;
}

export function createDeviceCheck(sql: Sql, notifications: Pick<Notifications, 'subscribe'>): DeviceCheck {
  const known = new Map<string, Known>();
  const beingAsked = new Set<string>();
  let changes = 0;
  const forget = () => {
    changes += 1;
    known.clear();
  };
  notifications.subscribe(DEVICE_KEYS_CHANNEL, forget, forget);

  const load = async (hash: string): Promise<Device | undefined> => {
    const changesBefore = changes;
    const [row] = await sql.rows<Device['machine'] & { endsInMs: number | null }>(FIND, [hash]);
    if (!row) {
      known.delete(hash);
      return undefined;
    }
    const { endsInMs, ...machine } = row;
    // What was read while keys were being changed may be old already.
    if (changes === changesBefore) {
      const now = performance.now();
      const until = now + Math.min(KEEP_MS, endsInMs ?? KEEP_MS);
      if (known.size >= MOST_KEPT) known.clear();
      known.set(hash, { device: { machine }, freshUntil: now + FRESH_MS, until });
    }
    return { machine };
  };
  const loadBehind = (hash: string) => {
    if (beingAsked.has(hash)) return;
    beingAsked.add(hash);
    load(hash)
      // Where the database is away, what is known grows old.
      .catch(() => undefined)
      .finally(() => beingAsked.delete(hash));
  };

  return {
    async find(authorization) {
      const key = /^Bearer (\S{1,100})$/i.exec(authorization ?? '')?.[1];
      if (key === undefined || !DEVICE_KEY.test(key)) return undefined;
      const hash = hashOf(key);
      const entry = known.get(hash);
      const now = performance.now();
      if (!entry || entry.until < now) return load(hash);
      if (entry.freshUntil < now) loadBehind(hash);
      return entry.device;
    },
  };
}
