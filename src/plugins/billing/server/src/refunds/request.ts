/** Somebody asks for money to be given back: checked and written down, and a job brings it about. */
import { createHash } from 'node:crypto';
import type { Job } from '../../../../../shared/jobs';
import type { Sql } from '../../../../../shared/sql';
import { purchasePaymentKey } from '../core/keys';
import type { BillingParts } from '../core/parts';
import type { Payment } from '../core/payment';
import { queues } from '../core/queues';
import type { LineKind, Refund, RefundLine } from '../core/refund';
import { findBoughtLines } from '../store/bought-lines';
import { lockPayment } from '../store/lock-payment';
import { findPaymentByKey } from '../store/payments';
import { findRefundByKey, findRefundsOf, insertRefund } from '../store/refunds';
import { findTransactionId } from '../store/transactions';
import { chooseLines, refundableAmount, refundableLines, type WantedLine } from './what-is-left';

export interface RefundOrder {
  /** The purchase's documentId or ref. */
  readonly transactionId: string;
  /** In minor units, or lines; all that is left where neither is given. */
  readonly amount: number | null;
  readonly lines: readonly WantedLine[] | null;
  readonly reason: string;
  /** Who asks: the space in which keys are unique, e.g. `token:3` or `admin:1`. */
  readonly requestedBy: string;
  readonly idempotencyKey: string;
}

export type RefundOutcome =
  /** `transactionId` is the purchase's documentId, however it was named. */
  | { readonly kind: 'requested'; readonly refund: Refund; readonly transactionId: string }
  | { readonly kind: 'transaction_not_found' }
  /** The same key came before with another request. */
  | { readonly kind: 'key_reused' }
  | { readonly kind: 'not_captured' }
  /** Stripe may have charged it, but not as Larder asked: a person decides first. */
  | { readonly kind: 'payment_in_review' }
  | { readonly kind: 'nothing_to_refund' }
  /** `refundable` in minor units; `line` where it is one line that is wanted too often. */
  | {
      readonly kind: 'refund_too_large';
      readonly refundable: number;
      readonly line: { readonly index: number; readonly left: number } | null;
    }
  /** Line number `index` is of a product that was paid for in these ways. */
  | { readonly kind: 'line_ambiguous'; readonly index: number; readonly kinds: readonly LineKind[] };

type Parts = Pick<BillingParts, 'database' | 'queue'>;

export function refundJob(key: string): Job {
  return { queue: queues.refund, data: { key }, singletonKey: key };
}

/** The same order again answers with the same refund. */
export async function requestRefund(order: RefundOrder, parts: Parts): Promise<RefundOutcome> {
  const transactionId = await findTransactionId(parts.database, order.transactionId);
  if (transactionId === null) return { kind: 'transaction_not_found' };
  const known = await findRefundByKey(parts.database, keyOf(order));
  if (known) return sameOrReused(known, hashOf({ ...order, transactionId }), transactionId);

  const payment = await findPaymentByKey(parts.database, purchasePaymentKey(transactionId));
  if (!payment) return { kind: 'not_captured' };
  return parts.database.transaction((sql) => writeRefund(sql, { ...order, transactionId }, payment, parts));
}

/** The same within the caller's transaction, of a payment that is known. */
export async function writeRefund(
  sql: Sql,
  order: RefundOrder,
  payment: Payment,
  { queue }: Pick<Parts, 'queue'>,
): Promise<RefundOutcome> {
  const { transactionId, reason, requestedBy } = order;
  const [key, requestHash] = [keyOf(order), hashOf(order)];
  const locked = await lockPayment(sql, payment.id);
  // Another call with the same key may have been waited for.
  const before = await findRefundByKey(sql, key);
  if (before) return sameOrReused(before, requestHash, transactionId);
  if (locked.isInReview) return { kind: 'payment_in_review' };
  if (!locked.isCaptured) return { kind: 'not_captured' };
  const refunds = await findRefundsOf(sql, payment.id);
  const chosen = await choose(sql, order, payment, refunds, refundableAmount(locked, refunds));
  if ('kind' in chosen) return chosen;
  await insertRefund(sql, payment, { key, requestHash, reason, requestedBy, ...chosen });
  await queue.send(sql, [refundJob(key)]);
  const refund = await findRefundByKey(sql, key);
  if (!refund) throw new Error('A refund was written and is not there.');
  return { kind: 'requested', refund, transactionId };
}

async function choose(
  sql: Sql,
  order: RefundOrder,
  payment: Payment,
  refunds: readonly Refund[],
  left: number,
): Promise<RefundOutcome | { amount: number; lines: readonly RefundLine[] | null }> {
  if (left === 0) return { kind: 'nothing_to_refund' };
  if (!order.lines) {
    const amount = order.amount ?? left;
    return amount > left ? { kind: 'refund_too_large', refundable: left, line: null } : { amount, lines: null };
  }
  const bought = payment.transaction ? await findBoughtLines(sql, payment.transaction.id) : [];
  const chosen = chooseLines(order.lines, refundableLines(bought, refunds));
  if (chosen.kind === 'ambiguous') return { ...chosen, kind: 'line_ambiguous' };
  if (chosen.kind === 'too_many') return { kind: 'refund_too_large', refundable: left, line: chosen };
  if (chosen.amount === 0) return { kind: 'nothing_to_refund' };
  return chosen.amount > left
    ? { kind: 'refund_too_large', refundable: left, line: null }
    : { amount: chosen.amount, lines: chosen.lines };
}

function sameOrReused(refund: Refund, requestHash: string, transactionId: string): RefundOutcome {
  return refund.requestHash === requestHash ? { kind: 'requested', refund, transactionId } : { kind: 'key_reused' };
}

/** Short enough for Stripe's idempotency keys, whatever the caller's key is. */
function keyOf({ requestedBy, idempotencyKey }: RefundOrder): string {
  return `refund:${hash([requestedBy, idempotencyKey]).slice(0, 32)}`;
}

/** @param order with the purchase's documentId, however it was named. */
function hashOf({ transactionId, amount, lines, reason }: RefundOrder): string {
  return hash([transactionId, amount, lines, reason]);
}

function hash(parts: readonly unknown[]): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('base64url');
}
