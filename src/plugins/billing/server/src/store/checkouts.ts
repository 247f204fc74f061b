/** Checkouts: made once a key, changed by compare-and-set on the state. */
import { newDocumentId } from '../../../../../shared/ids';
import type { Sql } from '../../../../../shared/sql';
import {
  checkoutStatesBefore,
  isEnded,
  type Checkout,
  type CheckoutLine,
  type CheckoutMode,
  type CheckoutPurpose,
  type CheckoutState,
  type CheckoutUi,
} from '../core/checkout';
import { CHECKOUT_SELECT, checkoutOf, type CheckoutRow } from './checkout-row';

export interface NewCheckout {
  /** The same key is the same checkout. */
  readonly key: string;
  readonly requestHash: string;
  readonly mode: CheckoutMode;
  readonly purpose: CheckoutPurpose;
  readonly ui: CheckoutUi;
  readonly amount: number;
  readonly currency: string;
  readonly lines: readonly CheckoutLine[];
  readonly returnUrl: string | null;
  readonly userId: number;
}

/** Writes the row before Stripe is asked. Where there is one with this key, answers that one. */
export async function beginCheckout(sql: Sql, wanted: NewCheckout): Promise<Checkout> {
  await sql.rows(
    {
      name: 'billing.begin-checkout',
      text: `
with made as (
  insert into checkouts (document_id, key, request_hash, mode, purpose, ui, state, amount, currency, lines, return_url,
    created_at, updated_at, published_at)
  values ($1, $2, $3, $4, $5, $6, 'requested', $7, $8, $9::jsonb, $10, now(), now(), now())
  on conflict (key) do nothing returning id
)
insert into checkouts_user_lnk (checkout_id, user_id) select id, $11::int from made`,
    },
    [
      newDocumentId(),
      wanted.key,
      wanted.requestHash,
      wanted.mode,
      wanted.purpose,
      wanted.ui,
      wanted.amount,
      wanted.currency,
      JSON.stringify(wanted.lines),
      wanted.returnUrl,
      wanted.userId,
    ],
  );
  const checkout = await findCheckoutByKey(sql, wanted.key);
  if (!checkout) throw new Error('A checkout that was just written is not there.');
  return checkout;
}

export interface CheckoutChange {
  readonly to: CheckoutState;
  readonly stripeSessionId?: string | null;
  readonly paymentIntentId?: string | null;
  readonly expiresAt?: Date | null;
}

/**
 * Changes a checkout where it is in a state that may become `to`. Absent keys stay as they are.
 * @returns false when it was not: somebody did this, or something later, before.
 */
export async function changeCheckout(sql: Sql, id: number, change: CheckoutChange): Promise<boolean> {
  const rows = await sql.rows(
    {
      name: 'billing.change-checkout',
      text: `
update checkouts set state = $2,
  stripe_session_id = coalesce(stripe_session_id, $4),
  payment_intent_id = coalesce($5, payment_intent_id),
  expires_at = coalesce($6::timestamp, expires_at),
  ended_at = case when $7 then now() else ended_at end,
  updated_at = now()
where id = $1 and state = any($3) returning id`,
    },
    [
      id,
      change.to,
      checkoutStatesBefore(change.to),
      change.stripeSessionId ?? null,
      change.paymentIntentId ?? null,
      change.expiresAt?.toISOString() ?? null,
      isEnded(change.to),
    ],
  );
  return rows.length > 0;
}

export const findCheckoutByKey = (sql: Sql, key: string) => findOne(sql, 'key', 'c.key = $1', key);

export const findCheckout = (sql: Sql, documentId: string) => findOne(sql, 'id', 'c.document_id = $1', documentId);

export const findCheckoutBySession = (sql: Sql, sessionId: string) =>
  findOne(sql, 'session', 'c.stripe_session_id = $1', sessionId);

async function findOne(sql: Sql, by: string, condition: string, value: string): Promise<Checkout | undefined> {
  const [row] = await sql.rows<CheckoutRow>(
    { name: `billing.checkout-by-${by}`, text: `${CHECKOUT_SELECT} where ${condition} limit 1` },
    [value],
  );
  return row && checkoutOf(row);
}

/** A user's checkouts of debts that a customer could still pay, without `exceptId`. */
export async function findOpenDebtCheckouts(sql: Sql, userId: number, exceptId: number): Promise<Checkout[]> {
  const rows = await sql.rows<CheckoutRow>(
    {
      name: 'billing.open-debt-checkouts',
      text: `${CHECKOUT_SELECT}
where cu.user_id = $1 and c.id <> $2 and c.purpose = 'debt' and c.state in ('open', 'declined') order by c.id`,
    },
    [userId, exceptId],
  );
  return rows.map(checkoutOf);
}

/** How many checkouts of debts, asked for in the same way, have ended: what makes the next one another one. */
export async function countEndedDebtCheckouts(sql: Sql, userId: number, requestHash: string): Promise<number> {
  const [row] = await sql.rows<{ count: number }>(
    {
      name: 'billing.ended-debt-checkouts',
      text: `
select count(*)::int as count from checkouts c join checkouts_user_lnk cu on cu.checkout_id = c.id
where cu.user_id = $1 and c.purpose = 'debt' and c.request_hash = $2
  and c.state in ('complete', 'expired')`,
    },
    [userId, requestHash],
  );
  return row?.count ?? 0;
}
