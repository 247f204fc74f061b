import { randomBytes } from 'node:crypto';
import { createId } from '@paralleldrive/cuid2';

/** A public reference that cannot be guessed: 128 random bits, URL-safe, 22 characters. */
export function newRef(): string {
  return randomBytes(16).toString('base64url');
}

/** A `documentId` as Strapi makes them, for rows that are inserted by SQL. */
export function newDocumentId(): string {
  return createId();
}
