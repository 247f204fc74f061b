/** Reads and writes of refunds. */
import { newDocumentId } from '../../../../../shared/ids';
import type { Sql } from '../../../../../shared/sql';
import type { Payment } from '../core/payment';
import type { Refund, RefundLine, RefundState } from '../core/refund';

type Row = {
  id: number;
  document_id: string;
  key: string;
  request_hash: string | null;
  state: RefundState;
  amount: number;
  currency: string;
  lines: readonly (Omit<RefundLine, 'kind'> & { readonly kind?: RefundLine['kind'] })[] | null;
  reason: string;
  requested_by: string;
  stripe_refund_id: string | null;
  failure_reason: string | null;
  created_at: Date;
  ended_at: Date | null;
  payment_key: string;
};

const SELECT = `
select r.id, r.document_id, r.key, r.request_hash, r.state, r.amount, r.currency, r.lines, r.reason, r.requested_by,
  r.stripe_refund_id, r.failure_reason, r.created_at at time zone 'UTC' as created_at,
  r.ended_at at time zone 'UTC' as ended_at, p.key as payment_key
from refunds r join refunds_payment_lnk rp on rp.refund_id = r.id join payments p on p.id = rp.payment_id`;

function refundOf(row: Row): Refund {
  return {
    id: row.id,
    documentId: row.document_id,
    key: row.key,
    requestHash: row.request_hash,
    state: row.state,
    amount: row.amount,
    currency: row.currency,
    // Those of before lines had kinds are of what was bought.
    lines: row.lines && row.lines.map((line) => ({ ...line, kind: line.kind ?? 'sale' })),
    reason: row.reason,
    requestedBy: row.requested_by,
    stripeRefundId: row.stripe_refund_id,
    failureReason: row.failure_reason,
    createdAt: row.created_at,
    endedAt: row.ended_at,
    paymentKey: row.payment_key,
  };
}

export async function findRefundByKey(sql: Sql, key: string): Promise<Refund | undefined> {
  const [row] = await sql.rows<Row>({ name: 'billing.refund-by-key', text: `${SELECT} where r.key = $1` }, [key]);
  return row && refundOf(row);
}

/** The row of a refund at Stripe: by Stripe's id, or by the key that it carries where its answer never came. */
export async function findRefundAtStripe(sql: Sql, stripeRefundId: string, key: string): Promise<Refund | undefined> {
  const [row] = await sql.rows<Row>(
    {
      name: 'billing.refund-at-stripe',
      text: `${SELECT} where r.stripe_refund_id = $1 or r.key = $2 order by r.id limit 1`,
    },
    [stripeRefundId, key],
  );
  return row && refundOf(row);
}

/** All refunds of a payment, the oldest first. */
export async function findRefundsOf(sql: Sql, paymentId: number): Promise<Refund[]> {
  const rows = await sql.rows<Row>({ name: 'billing.refunds-of', text: `${SELECT} where p.id = $1 order by r.id` }, [
    paymentId,
  ]);
  return rows.map(refundOf);
}

/** Refunds that nothing was heard of for so many seconds: to be asked for again, or asked about. */
export async function findStaleRefunds(sql: Sql, requestedSeconds: number, pendingSeconds: number): Promise<Refund[]> {
  const rows = await sql.rows<Row>(
    {
      name: 'billing.stale-refunds',
      text: `${SELECT}
where (r.state = 'requested' and r.updated_at < now() - make_interval(secs => $1))
   or (r.state = 'pending' and r.updated_at < now() - make_interval(secs => $2))
order by r.updated_at limit 200`,
    },
    [requestedSeconds, pendingSeconds],
  );
  return rows.map(refundOf);
}

export type NewRefund = Pick<Refund, 'key' | 'requestHash' | 'amount' | 'lines' | 'reason' | 'requestedBy'>;

/** Writes a refund's row, once for each key. */
export async function insertRefund(sql: Sql, payment: Payment, refund: NewRefund): Promise<void> {
  await sql.rows(
    {
      name: 'billing.insert-refund',
      text: `
with made as (
  insert into refunds (document_id, key, request_hash, state, amount, currency, lines, reason, requested_by,
    created_at, updated_at, published_at)
  values ($1, $2, $3, 'requested', $4, $5, $6::jsonb, $7, $8, now(), now(), now())
  on conflict (key) do nothing returning id
),
of_transaction as (
  insert into refunds_transaction_lnk (refund_id, transaction_id) select id, $10::int from made where $10::int is not null
),
of_user as (insert into refunds_user_lnk (refund_id, user_id) select id, $11::int from made where $11::int is not null)
insert into refunds_payment_lnk (refund_id, payment_id) select id, $9::int from made`,
    },
    [
      newDocumentId(),
      refund.key,
      refund.requestHash,
      refund.amount,
      payment.currency,
      refund.lines && JSON.stringify(refund.lines),
      refund.reason,
      refund.requestedBy,
      payment.id,
      payment.transaction?.id ?? null,
      payment.user?.id ?? null,
    ],
  );
}

export interface RefundChange {
  readonly to: RefundState;
  readonly stripeRefundId: string | null;
  readonly failureReason: string | null;
  readonly message: string | null;
}

/** Changes a refund. Whoever calls holds the lock of its payment, and has looked whether the change fits. */
export async function changeRefund(sql: Sql, id: number, change: RefundChange): Promise<void> {
  await sql.rows(
    {
      name: 'billing.change-refund',
      text: `
update refunds set state = $2::text, stripe_refund_id = coalesce($3, stripe_refund_id), failure_reason = $4, message = $5,
  ended_at = case when $2::text in ('succeeded', 'failed') then now() end, updated_at = now()
where id = $1`,
    },
    [id, change.to, change.stripeRefundId, change.failureReason, change.message],
  );
}

/** Not before long is it looked at again. */
export async function touchRefunds(sql: Sql, ids: readonly number[]): Promise<void> {
  await sql.rows({ name: 'billing.touch-refunds', text: `update refunds set updated_at = now() where id = any($1)` }, [
    ids,
  ]);
}
