/** Subscriptions: begun, paused, taken up again, ended, and read. */
import { newDocumentId } from '../../../../../shared/ids';
import type { Sql } from '../../../../../shared/sql';

export interface NewSubscription {
  /** Unique: the same order again answers with the same subscription. */
  readonly key: string;
  /** Fingerprint of the order: the same key with another one is a conflict. */
  readonly requestHash: string;
  /** A row id. */
  readonly userId: number;
  /** The plan's documentId or name. */
  readonly plan: string;
  readonly validFrom: Date | null;
  readonly validTo: Date | null;
  readonly referralCode: string | null;
  readonly expertId: string | null;
}

export type Begun =
  | { readonly kind: 'begun'; readonly id: string }
  | { readonly kind: 'plan_not_found' }
  | { readonly kind: 'expert_not_found' }
  | { readonly kind: 'idempotency_conflict' };

export async function beginSubscription(sql: Sql, wanted: NewSubscription): Promise<Begun> {
  const [row] = await sql.rows<{ plan: boolean; expert: boolean; id: string | null }>(
    {
      name: 'meals.begin-subscription',
      text: `
with plan as (select id, period from plans where (document_id = $3 or name = $3) and active limit 1),
expert as (select id from experts where expert_id = $7 and active),
made as (
  insert into subscriptions (document_id, key, state, charge_state, valid_from, valid_to, period_start, period_end, quota_used, referral_code,
    request_hash, created_at, updated_at, published_at)
  select $1, $2, 'active', 'none', f.at, $5::timestamp, n.starts, n.ends, 0, $6, $9, now(), now(), now()
  from plan, (select coalesce($4::timestamp, now() at time zone 'UTC') as at) f,
    larder.period_of(f.at, plan.period, now() at time zone 'UTC') n
  where $7::text is null or exists (select 1 from expert)
  on conflict (key) do nothing returning id, document_id
),
of_user as (insert into subscriptions_user_lnk (subscription_id, user_id) select id, $8 from made),
of_plan as (insert into subscriptions_plan_lnk (subscription_id, plan_id) select made.id, plan.id from made, plan),
of_expert as (insert into subscriptions_expert_lnk (subscription_id, expert_id) select made.id, expert.id from made, expert)
select exists (select 1 from plan) as plan, $7::text is null or exists (select 1 from expert) as expert,
  (select document_id from made) as id`,
    },
    [
      newDocumentId(),
      wanted.key,
      wanted.plan,
      wanted.validFrom?.toISOString() ?? null,
      wanted.validTo?.toISOString() ?? null,
      wanted.referralCode,
      wanted.expertId,
      wanted.userId,
      wanted.requestHash,
    ],
  );
  if (!row?.plan) return { kind: 'plan_not_found' };
  if (!row.expert) return { kind: 'expert_not_found' };
  if (row.id !== null) return { kind: 'begun', id: row.id };
  const [known] = await sql.rows<{ id: string; hash: string }>(
    `select document_id as id, request_hash as hash from subscriptions where key = $1`,
    [wanted.key],
  );
  if (!known) throw new Error('A subscription was neither made nor there.');
  return known.hash === wanted.requestHash ? { kind: 'begun', id: known.id } : { kind: 'idempotency_conflict' };
}

export type Change = 'pause' | 'resume' | 'end';

/** Where each change may begin. A pause uses up no time: what is taken up again goes on as much later. */
const CHANGES: Readonly<Record<Change, { readonly from: readonly string[]; readonly set: string }>> = {
  pause: { from: ['active'], set: `state = 'paused', paused_at = now()` },
  resume: {
    from: ['paused'],
    set: `state = 'active', paused_at = null, valid_from = valid_from + (now() at time zone 'UTC' - paused_at),
      valid_to = valid_to + (now() at time zone 'UTC' - paused_at), period_start = period_start + (now() at time zone 'UTC' - paused_at),
      period_end = period_end + (now() at time zone 'UTC' - paused_at)`,
  },
  end: { from: ['active', 'paused'], set: `state = 'ended', valid_to = least(valid_to, now() at time zone 'UTC')` },
};

/** @returns the state it was in where the change does not fit, null where there is no such subscription. */
export async function changeSubscription(
  sql: Sql,
  id: string,
  change: Change,
): Promise<{ readonly kind: 'changed' } | { readonly kind: 'unfit'; readonly state: string } | null> {
  const { from, set } = CHANGES[change];
  const rows = await sql.rows(
    `update subscriptions set ${set}, updated_at = now() where document_id = $1 and state = any($2) returning id`,
    [id, from],
  );
  if (rows.length > 0) return { kind: 'changed' };
  const [row] = await sql.rows<{ state: string }>(`select state from subscriptions where document_id = $1`, [id]);
  return row ? { kind: 'unfit', state: row.state } : null;
}
