/** The keys of the devices in the fridges: one live key a machine, and for a while the one before it. */
import { createHash, randomBytes } from 'node:crypto';
import type { Sql } from '../../../../../shared/sql';

/** PostgreSQL's notification that some key has changed. */
export const DEVICE_KEYS_CHANNEL = 'larder_device_keys';

/** How long the old key works on after a rotation: time enough to carry the new one to the fridge. */
export const OVERLAP_MINUTES = 10;

/** `ldk_` for "Larder device key", and 32 random bytes. */
export const DEVICE_KEY = /^ldk_[A-Za-z0-9_-]{43}$/;

export interface NewDeviceKey {
  /** Shown once and never stored. */
  readonly key: string;
  readonly hint: string;
}

export interface DeviceKeyView {
  /** The last four characters. */
  readonly hint: string;
  readonly createdAt: string;
  readonly lastUsedAt: string | null;
  /** For the key before the live one: until when it works. */
  readonly worksUntil: string | null;
}

/** What is stored of a key. A random key needs no salt and no slow hash: there is nothing to guess. */
export function hashOf(key: string): string {
  return createHash('sha256').update(key).digest('base64url');
}

/** Makes a machine's key, or a new one beside the live one. Within the caller's transaction, which holds the machine's row. */
export async function makeDeviceKey(sql: Sql, machineId: number, by: string): Promise<NewDeviceKey> {
  const key = `ldk_${randomBytes(32).toString('base64url')}`;
  const hint = key.slice(-4);
  const ofMachine = [machineId];
  await sql.rows(
    `update larder.device_keys set revoked_at = now() where machine_id = $1 and revoked_at > now()`,
    ofMachine,
  );
  await sql.rows(
    `update larder.device_keys set revoked_at = now() + interval '${OVERLAP_MINUTES} minutes'
     where machine_id = $1 and revoked_at is null`,
    ofMachine,
  );
  await sql.rows(`insert into larder.device_keys (machine_id, hash, hint, created_by) values ($1, $2, $3, $4)`, [
    machineId,
    hashOf(key),
    hint,
    by,
  ]);
  return { key, hint };
}

/** Ends every key of the machine at once. @returns how many worked until now. */
export async function revokeDeviceKeys(sql: Sql, machineId: number): Promise<number> {
  const ended = await sql.rows(
    `update larder.device_keys set revoked_at = now()
     where machine_id = $1 and (revoked_at is null or revoked_at > now()) returning id`,
    [machineId],
  );
  return ended.length;
}

/** The keys that work, the live one first. */
export async function deviceKeysOf(sql: Sql, machineId: number): Promise<DeviceKeyView[]> {
  const [row] = await sql.rows<{ keys: DeviceKeyView[] }>(
    `select coalesce(json_agg(json_build_object('hint', hint, 'createdAt', created_at, 'lastUsedAt', last_used_at,
       'worksUntil', revoked_at) order by revoked_at desc nulls first), '[]') as keys
     from larder.device_keys where machine_id = $1 and (revoked_at is null or revoked_at > now())`,
    [machineId],
  );
  return row?.keys ?? [];
}
