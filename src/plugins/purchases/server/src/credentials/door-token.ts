/** Door tokens: signed, so that a made-up one costs no look into the database, and stored, so that each opens one door. */
import { createHmac, timingSafeEqual } from 'node:crypto';

const PREFIX = 'ldt';
/** An id as `newRef` makes them: 22 characters of base64url. */
const TOKEN = /^ldt\.([A-Za-z0-9_-]{22})\.([A-Za-z0-9_-]{43})$/;

/** @param id unique, unguessable. @param secret of this Larder. */
export function signDoorToken(id: string, secret: string): string {
  return `${PREFIX}.${id}.${signatureOf(id, secret)}`;
}

/** @returns the id that was signed, or null for anything else. Takes the same time for every wrong signature. */
export function readDoorToken(token: string, secret: string): string | null {
  const [, id = '', signature = ''] = TOKEN.exec(token) ?? [];
  if (id === '') return null;
  return timingSafeEqual(Buffer.from(signature), Buffer.from(signatureOf(id, secret))) ? id : null;
}

function signatureOf(id: string, secret: string): string {
  return createHmac('sha256', secret).update(`larder-door:${id}`).digest('base64url');
}
