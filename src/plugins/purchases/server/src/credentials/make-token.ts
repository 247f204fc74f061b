import { newRef } from '../../../../../shared/ids';
import type { Sql } from '../../../../../shared/sql';
import { signDoorToken } from './door-token';
import { keepDoorToken } from './store';

/** Long enough to walk from the app to the fridge's reader, in seconds. */
const DOOR_TOKEN_SECONDS = 120;

export interface DoorToken {
  readonly token: string;
  readonly expiresAt: Date;
}

/** @param userId a row id. */
export async function makeDoorToken(userId: number, sql: Sql, secret: string): Promise<DoorToken> {
  const id = newRef();
  const expiresAt = await keepDoorToken(sql, id, userId, DOOR_TOKEN_SECONDS);
  return { token: signDoorToken(id, secret), expiresAt };
}
