import { randomBytes } from 'node:crypto';

/** An id as Stripe makes them: a prefix, and letters and digits that nobody guesses. */
export const newId = (prefix: string): string => `${prefix}_${token(24)}`;

export const token = (length: number): string =>
  randomBytes(length * 2)
    .toString('base64')
    .replace(/[^a-zA-Z0-9]/g, '')
    .slice(0, length);
