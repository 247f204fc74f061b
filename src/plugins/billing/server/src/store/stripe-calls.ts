/**
 * The keys of calls to Stripe, written before each call. A second try of the same call finds its first one here, and then
 * looks at Stripe before it repeats anything.
 */
import type { Sql } from '../../../../../shared/sql';
import { idempotencyKey, type Operation } from '../core/keys';

export interface CallTicket {
  readonly subject: string;
  readonly operation: Operation;
  readonly attempt: number;
  readonly key: string;
  /** Whether this call may have been made before, under this or an older key. */
  readonly isRepeated: boolean;
  /** When it was first made. */
  readonly firstAt: Date;
}

/** Stripe forgets a key after a day at the earliest; a little before that, it is used no more. */
const KEY_HOURS = 23;

/** Writes down that a call is about to be made; answers its key. */
export async function takeTicket(sql: Sql, subject: string, operation: Operation): Promise<CallTicket> {
  const [row] = await sql.rows<{ attempt: number; tries: number; first_at: Date }>(
    {
      name: 'billing.ticket',
      text: `
insert into larder.stripe_calls as c (subject, operation) values ($1, $2)
on conflict (subject, operation) do update set tries = c.tries + 1, last_at = now(),
  attempt = case when c.last_at < now() - make_interval(hours => $3) then c.attempt + 1 else c.attempt end
returning attempt, tries, first_at`,
    },
    [subject, operation, KEY_HOURS],
  );
  if (!row) throw new Error('An upsert answered no row.');
  const { attempt, tries, first_at: firstAt } = row;
  return {
    subject,
    operation,
    attempt,
    key: idempotencyKey(subject, operation, attempt),
    isRepeated: tries > 1,
    firstAt,
  };
}

/** The key is used up: Stripe keeps an answer under it that helps nobody. The next ticket has another one. */
export async function burnKey(sql: Sql, { subject, operation, attempt }: CallTicket): Promise<void> {
  await sql.rows(
    {
      name: 'billing.burn-key',
      text: `update larder.stripe_calls set attempt = attempt + 1 where subject = $1 and operation = $2 and attempt = $3`,
    },
    [subject, operation, attempt],
  );
}

/**
 * Something is to be asked of Stripe about a subject as if for the first time, because a person decided so. The next keys
 * are new ones, or Stripe would answer what it answered before.
 */
export async function renewTickets(sql: Sql, subject: string): Promise<void> {
  await sql.rows(
    {
      name: 'billing.renew-tickets',
      text: `update larder.stripe_calls set attempt = attempt + 1, tries = 0, first_at = now() where subject = $1`,
    },
    [subject],
  );
}
