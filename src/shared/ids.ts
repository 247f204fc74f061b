import { randomBytes } from 'node:crypto';

/** A public reference that cannot be guessed: 128 random bits, URL-safe, 22 characters. */
export function newRef(): string {
  return randomBytes(16).toString('base64url');
}

const LETTERS = 'abcdefghijklmnopqrstuvwxyz';
const LETTERS_AND_DIGITS = `${LETTERS}0123456789`;
const DOCUMENT_ID_LENGTH = 24;

let drawn = Buffer.alloc(0);
let used = 0;

/** Drawn many at a time: the system call is what a random byte costs. */
function randomByte(): number {
  if (used === drawn.length) {
    drawn = randomBytes(4096);
    used = 0;
  }
  used += 1;
  return drawn[used - 1] ?? 0;
}

/**
 * A `documentId` as Strapi makes them, for rows that are inserted by SQL: 24 letters and digits, a letter first. Drawn at
 * random throughout, where `cuid2` hashes its way there: every frame gets one, and the hash was 3 % of all our work.
 */
export function newDocumentId(): string {
  let id = '';
  while (id.length < DOCUMENT_ID_LENGTH) {
    const byte = randomByte();
    const alphabet = id === '' ? LETTERS : LETTERS_AND_DIGITS;
    // Bytes beyond the last whole round of the alphabet would make its first characters likelier.
    if (byte < 256 - (256 % alphabet.length)) id += alphabet[byte % alphabet.length];
  }
  return id;
}
