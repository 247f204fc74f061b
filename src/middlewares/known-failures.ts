/**
 * What the database says of a request, as an answer that helps: away is 503, a value it cannot hold is 400, a constraint is
 * 409. A mail that cannot be sent is 503. Stands inside Strapi's error handler, which would make each of them a 500. Strapi's own "401" is looked at twice,
 * because with the database away nobody's token can be checked.
 */
import type { Core } from '@strapi/strapi';
import { refuse, type GeneralCode } from '../shared/http';
import { runtime } from '../shared/runtime';
import { isPassing } from '../shared/sql';

/** SQLSTATEs that are the caller's to mend. https://www.postgresql.org/docs/18/errcodes-appendix.html */
const BAD_VALUES: Readonly<Record<string, string>> = {
  '22001': 'A text is too long.',
  '22003': 'A number is out of range.',
  '22007': 'A date or time cannot be read.',
  '22008': 'A date or time is out of range.',
  '22021': 'A text has characters that cannot be stored.',
  '22P02': 'A value has the wrong type.',
  '22P05': 'A text has characters that cannot be stored.',
  '42883': 'A filter does not fit the type of its field.',
};

const CONFLICTS: Readonly<Record<string, [code: GeneralCode, message: string]>> = {
  '23505': ['conflict', 'There is one with this value already.'],
  '23503': ['conflict', 'It is still in use, or names something that is not there.'],
  '23001': ['append_only', 'History cannot be changed.'],
};

/** Strapi's own routes that send a mail. What the sender throws passes through them. */
const MAILING: readonly string[] = ['/api/auth/forgot-password', '/api/auth/send-email-confirmation'];

/** How long an answer to "is the database away?" holds, in milliseconds. */
const HEALTH_MS = 1000;

export default (_config: unknown, { strapi }: { strapi: Core.Strapi }) => {
  let health: { away: Promise<boolean>; until: number } | undefined;
  const databaseIsAway = () => {
    const now = performance.now();
    if (!health || health.until < now) {
      const away = runtime(strapi)
        .database.rows({ name: 'failures.health', text: 'select 1' })
        .then(() => false)
        .catch((error: unknown) => isPassing(error));
      health = { away, until: now + HEALTH_MS };
    }
    return health.away;
  };

  return async (ctx: Parameters<typeof refuse>[0] & { path: string }, next: () => Promise<unknown>) => {
    try {
      await next();
    } catch (error) {
      const { status } = (error ?? {}) as { status?: unknown };
      if (isPassing(error) || (status === 401 && (await databaseIsAway()))) {
        return refuse(ctx, 503, 'database_unavailable', 'Please try again in a moment.');
      }
      if (isUnreadableFilter(error)) return refuse(ctx, 400, 'invalid_request', BAD_VALUES['42883'] ?? '');
      if (error instanceof URIError) return refuse(ctx, 400, 'invalid_request', 'The address cannot be read.');
      const state = sqlState(error);
      const badValue = state && BAD_VALUES[state];
      if (badValue) return refuse(ctx, 400, 'invalid_request', badValue);
      const conflict = state && CONFLICTS[state];
      if (conflict) return refuse(ctx, 409, ...conflict);
      // Strapi's refusals and mistakes in code have names of their own; what a mail server or its name does not give has none.
      if (MAILING.includes(ctx.path) && error instanceof Error && error.name === 'Error' && status === undefined) {
        strapi.log.error(`A mail could not be sent: ${error.message}`);
        return refuse(ctx, 503, 'mail_unavailable', 'The mail could not be sent. Please try again later.');
      }
      throw error;
    }
  };
};

/** Strapi casts filter values before it asks the database, and throws plain errors for those it cannot. */
function isUnreadableFilter(error: unknown): boolean {
  return error instanceof Error && error.message.startsWith('Expected a valid ');
}

/** The SQLSTATE of a database error, also where a library wrapped it. */
function sqlState(error: unknown): string | undefined {
  if (!(error instanceof Error)) return undefined;
  const { code } = error as { code?: unknown };
  if (typeof code === 'string' && /^[0-9A-Z]{5}$/.test(code)) return code;
  return sqlState(error.cause);
}
