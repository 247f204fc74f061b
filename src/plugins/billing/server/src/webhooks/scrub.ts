import { isStorable } from '../../../../../shared/http';

const SECRET_KEY = /(^|_)secret$/;
/** `pi_…_secret_…`, wherever it stands: a link for authentication carries it too. */
const SECRET_IN_TEXT = /\b[a-z]+_[A-Za-z0-9]+_secret_[A-Za-z0-9]+/g;
const SECRET_IN_LINK = /(client_secret=)[^&#\s]+/g;

/** An event as it may be kept: without client secrets, and without what PostgreSQL has no place for. */
export function scrub(value: unknown): unknown {
  if (typeof value === 'string') return scrubText(value);
  if (Array.isArray(value)) return value.map(scrub);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, entry]) => [
      scrubText(key),
      SECRET_KEY.test(key) && typeof entry === 'string' ? '[removed]' : scrub(entry),
    ]),
  );
}

function scrubText(text: string): string {
  if (!isStorable(text)) return '[unreadable]';
  return text.replace(SECRET_IN_TEXT, '[removed]').replace(SECRET_IN_LINK, '$1[removed]');
}
