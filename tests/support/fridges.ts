/** Devices in fridges: a key each, what they send, and the desk from which operators look after them. */
import supertest, { type Response } from 'supertest';
import { ADMIN, type Larder } from './larder';
import { logIn } from './operator';
import type { World } from './world';

export interface Fridges {
  /** The log-in of an administrator, for calls of one's own. */
  readonly operator: string;
  /** Makes or rotates the machine's key, as the panel does. */
  makeKey(machine: string): Promise<string>;
  /** A call of the panel below `/telemetry/machines/<machine>`. */
  desk(method: 'get' | 'post' | 'delete', path: string, body?: object): Promise<Response>;
  /** Stores what the device of this machine sends; without a key, with the one that was made last. */
  send(machine: string, path: 'readings' | 'heartbeat', body: unknown, key?: string, at?: Larder): Promise<Response>;
  /** A threshold profile for the machine, in degrees and minutes. */
  giveProfile(machine: string, profile: Readonly<Profile>): Promise<void>;
}

interface Profile {
  temperatureMax: number;
  minutesOutside: number;
  silenceMinutes: number;
}

export async function lookAfter(world: World): Promise<Fridges> {
  const operator = await logIn(world.larder, ADMIN);
  const keys = new Map<string, string>();
  const desk: Fridges['desk'] = (method, path, body) => {
    const api = supertest(world.larder.url);
    const call = api[method](`/telemetry/machines/${path}`).set('Authorization', `Bearer ${operator}`);
    return body ? call.send(body) : call;
  };
  return {
    operator,
    desk,
    async makeKey(machine) {
      const { status, body, text } = await desk('post', `${machine}/device-key`);
      if (status !== 200) throw new Error(`No key: ${status} ${text}`);
      keys.set(machine, body.key);
      return body.key;
    },
    send: async (machine, path, body, key = keys.get(machine) ?? '', at = world.larder) =>
      at.post(`/api/machines/${machine}/${path}`, body as object, key),
    async giveProfile(machine, { temperatureMax, minutesOutside, silenceMinutes }) {
      await world.database.sql.rows(
        `with profile as (
           insert into threshold_profiles (document_id, name, temperature_max, minutes_outside, silence_minutes, created_at,
             updated_at, published_at)
           values ('profile-of-' || $1, 'Of ' || $1, $2, $3, $4, now(), now(), now()) returning id)
         insert into machines_profile_lnk (machine_id, threshold_profile_id)
         select m.id, profile.id from machines m, profile where m.vendor_id = $1`,
        [machine, temperatureMax, minutesOutside, silenceMinutes],
      );
    },
  };
}

/** `minutesAgo` as a device would write it; below zero it lies in the future. */
export const ago = (minutes: number, now = Date.now()) => new Date(now - minutes * 60_000).toISOString();

/** Readings, one for each of these times; all as cold, or as this one says. */
export function readings(minutesAgo: readonly number[], temperature: number | ((minutesAgo: number) => number) = 3) {
  const now = Date.now();
  return minutesAgo.map((minutes) => ({
    at: ago(minutes, now),
    temperature: typeof temperature === 'number' ? temperature : temperature(minutes),
  }));
}

/** From so many minutes ago to so many, one a step. */
export function minutes(from: number, to: number, step = 5): number[] {
  return Array.from({ length: Math.floor((from - to) / step) + 1 }, (_, n) => from - n * step);
}
