/** The database did not answer in time or is away. The caller may try again; nothing is known to have been written. */
export class DatabaseUnavailable extends Error {
  readonly code = 'database_unavailable';

  constructor(cause: unknown) {
    super('The database is not available.', { cause });
    this.name = 'DatabaseUnavailable';
  }
}

// Node's socket errors, and the SQLSTATE classes for "try again": 08 connection, 53 resources, 57 operator intervention,
// 40 rollback (deadlock, serialisation), 55P03 lock not available. https://www.postgresql.org/docs/18/errcodes-appendix.html
const SOCKET_CODES = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
  'ENOTFOUND',
  'EHOSTUNREACH',
  'EAI_AGAIN',
]);
const PASSING_STATES = /^(08|53|57|40)|^55P03$/;
// node-postgres and tarn (Strapi's pool) report these without a code.
const PASSING_MESSAGES =
  /timeout exceeded when trying to connect|connection terminated|query read timeout|acquiring a connection|client has encountered a connection error|pool is draining|the database system is/i;

/** Whether an error means "the database is away or overloaded", rather than "this statement is wrong". */
export function isPassing(error: unknown): boolean {
  if (error instanceof DatabaseUnavailable) return true;
  if (!(error instanceof Error)) return false;
  const { code } = error as { code?: unknown };
  if (typeof code === 'string' && (SOCKET_CODES.has(code) || PASSING_STATES.test(code))) return true;
  if (PASSING_MESSAGES.test(error.message)) return true;
  return error instanceof AggregateError ? error.errors.some(isPassing) : isPassing(error.cause);
}

/** Whether a statement gave up because somebody else holds a lock that it needs, or was too slow: others may still pass. */
export function isHeldUp(error: unknown): boolean {
  const { code } = (error instanceof DatabaseUnavailable ? error.cause : error) as { code?: unknown };
  // statement or lock time-out, lock not available, deadlock
  return code === '57014' || code === '55P03' || code === '40P01';
}

/** The constraint an insert or update ran into, or undefined for any other error. */
export function violatedConstraint(error: unknown): string | undefined {
  const { code, constraint } = (error ?? {}) as { code?: unknown; constraint?: unknown };
  return typeof code === 'string' && code.startsWith('23') && typeof constraint === 'string' ? constraint : undefined;
}
