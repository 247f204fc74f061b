import { randomBytes } from 'node:crypto';

/** A public reference that cannot be guessed: 128 random bits, URL-safe, 22 characters. */
export function newRef(): string {
  return randomBytes(16).toString('base64url');
}

const LETTERS = 'abcdefghijklmnopqrstuvwxyz';
const LETTERS_AND_DIGITS = `${LETTERS}0123456789`;
const DOCUMENT_ID_LENGTH = 24;

/**
 * A `documentId` as Strapi makes them, for rows that are inserted by SQL: 24 letters and digits, a letter first. Drawn at
 * random throughout, where `cuid2` hashes its way there: every frame gets one, and the hash was 3 % of all our work.
 */
export function newDocumentId(): string {
  let id = '';
  while (id.length < DOCUMENT_ID_LENGTH) {
    for (const byte of randomBytes(DOCUMENT_ID_LENGTH + 8)) {
      const alphabet = id === '' ? LETTERS : LETTERS_AND_DIGITS;
      // Bytes beyond the last whole round of the alphabet would make its first characters likelier.
      if (byte < 256 - (256 % alphabet.length)) id += alphabet[byte % alphabet.length];
      if (id.length === DOCUMENT_ID_LENGTH) break;
    }
  }
  return id;
}
