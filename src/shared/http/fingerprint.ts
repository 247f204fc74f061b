import { createHash } from 'node:crypto';

/** Tells two requests apart, 43 characters. The order of keys is no part of one: not every front end keeps it from try to try. */
export function fingerprint(request: unknown): string {
  return createHash('sha256').update(JSON.stringify(request, inOrder)).digest('base64url');
}

function inOrder(_key: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));
}
