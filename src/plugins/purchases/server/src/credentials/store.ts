/** Door tokens, badges and cards in the database. */
import type { Sql } from '../../../../../shared/sql';
import type { CredentialFault } from './credential';

export interface Holder {
  /** A row id. */
  readonly id: number;
  readonly customerId: string;
  readonly isBlocked: boolean;
}

/** Old ones go with each that is made. @returns when it expires, by the database's clock. */
export async function keepDoorToken(sql: Sql, id: string, userId: number, seconds: number): Promise<Date> {
  const [row] = await sql.rows<{ expires_at: Date }>(
    {
      name: 'credentials.keep-token',
      text: `
with old as (delete from larder.door_tokens where expires_at < now() - interval '1 day')
insert into larder.door_tokens (id, user_id, expires_at) values ($1, $2, now() + make_interval(secs => $3)) returning expires_at`,
    },
    [id, userId, seconds],
  );
  if (!row) throw new Error('A door token was written and is not there.');
  return row.expires_at;
}

export type TokenUse =
  { readonly kind: 'holder'; readonly holder: Holder } | { readonly kind: 'fault'; readonly fault: CredentialFault };

/** Names a request: who asks, and by which idempotency key. */
export interface TokenRequest {
  readonly caller: string;
  readonly key: string;
}

/**
 * Uses a token up. The same request may use it again: while it lives, and after that for the purchase it opened, so that
 * one which opened nothing (a busy fridge) does not outlive itself.
 */
export async function useDoorToken(sql: Sql, id: string, { caller, key }: TokenRequest): Promise<TokenUse> {
  const [row] = await sql.rows<{ user_id: number; expired: boolean; ours: boolean } & HolderRow>(
    {
      name: 'credentials.use-token',
      text: `
with used as (
  update larder.door_tokens set used_at = coalesce(used_at, now()), used_for = $2 || ' ' || $3
  where id = $1 and coalesce(used_for, $2 || ' ' || $3) = $2 || ' ' || $3
    and (expires_at > now() or exists (select 1 from transactions where caller = $2 and idempotency_key = $3))
  returning user_id
)
select t.expires_at <= now() and coalesce(t.used_for, $2 || ' ' || $3) = $2 || ' ' || $3 as expired, exists (select 1 from used) as ours,
  u.id, u.customer_id, u.blocked from larder.door_tokens t join up_users u on u.id = t.user_id where t.id = $1`,
    },
    [id, caller, key],
  );
  if (!row) return { kind: 'fault', fault: 'token_invalid' };
  if (row.ours) return { kind: 'holder', holder: holderOf(row) };
  return { kind: 'fault', fault: row.expired ? 'token_expired' : 'token_used' };
}

export async function findByBadge(sql: Sql, uid: string): Promise<Holder | null> {
  const [row] = await sql.rows<HolderRow>(
    {
      name: 'credentials.badge',
      text: `
select u.id, u.customer_id, u.blocked from badges b join badges_user_lnk l on l.badge_id = b.id join up_users u on u.id = l.user_id
where b.uid = $1 and b.active`,
    },
    [uid],
  );
  return row ? holderOf(row) : null;
}

/** Whose card it is: saved under this id, or the same customer's or the same card at the payment provider. */
export async function findByCard(
  sql: Sql,
  card: {
    readonly paymentMethodId: string;
    readonly fingerprint: string | null;
    readonly providerCustomerId: string | null;
  },
): Promise<Holder | null> {
  const [row] = await sql.rows<HolderRow>(
    {
      name: 'credentials.card',
      text: `
select u.id, u.customer_id, u.blocked from up_users u
where u.default_payment_method_id = $1 or u.stripe_customer_id = $2 or u.card_fingerprint = $3
order by (u.default_payment_method_id = $1) desc nulls last, (u.stripe_customer_id = $2) desc nulls last, u.id limit 1`,
    },
    [card.paymentMethodId, card.providerCustomerId, card.fingerprint],
  );
  return row ? holderOf(row) : null;
}

interface HolderRow {
  id: number;
  customer_id: string | null;
  blocked: boolean | null;
  [column: string]: unknown;
}

function holderOf(row: HolderRow): Holder {
  return { id: row.id, customerId: row.customer_id ?? '', isBlocked: row.blocked ?? false };
}
