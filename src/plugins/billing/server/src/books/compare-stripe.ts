/** Our books against Stripe's balance, a page of its movements at a time. Fees that are missing are added. */
import type Stripe from 'stripe';
import { StripeNotNow } from '../core/answer';
import type { Difference } from '../core/difference';
import type { BillingParts } from '../core/parts';
import type { Span } from '../store/cursors';
import { recordFees } from '../store/fees';
import { matchMovements, type MatchedMovement } from '../store/movements';
import { findPaymentByDocumentId } from '../store/payments';
import { movementOf } from '../stripe/movements';

export interface StripeBooks {
  readonly differences: readonly Difference[];
  /** Movements that were looked at, and fees that were added. */
  readonly movements: number;
  readonly fees: number;
  /** When the newest of them was; null where there was none. */
  readonly newest: Date | null;
}

const PAGE = 100;

/** @throws {StripeNotNow} where Stripe does not answer. */
export async function compareWithStripe(
  span: Span,
  parts: Pick<BillingParts, 'call' | 'database'>,
): Promise<StripeBooks> {
  const differences: Difference[] = [];
  let [movements, fees, newest] = [0, 0, 0];
  for (let after: string | null = null; ;) {
    const page = await pageOf(span, after, parts);
    const known = page.data.flatMap((balance) => movementOf(balance) ?? []);
    const matched = known.length === 0 ? [] : await matchMovements(parts.database, known);
    differences.push(...matched.flatMap((movement) => differenceOf(movement) ?? []));
    fees += await addFees(matched, parts);
    movements += page.data.length;
    newest = Math.max(newest, ...page.data.map(({ created }) => created));
    after = page.data.at(-1)?.id ?? null;
    if (!page.has_more || after === null) break;
  }
  return { differences, movements, fees, newest: newest === 0 ? null : new Date(newest * 1000) };
}

async function pageOf({ since, until }: Span, after: string | null, { call }: Pick<BillingParts, 'call'>) {
  const answer = await call((stripe): Promise<Stripe.ApiList<Stripe.BalanceTransaction>> =>
    stripe.balanceTransactions.list({
      created: { gte: Math.floor(since.getTime() / 1000), lte: Math.floor(until.getTime() / 1000) },
      limit: PAGE,
      expand: ['data.source'],
      ...(after !== null && { starting_after: after }),
    }),
  );
  if (answer.kind !== 'ok') throw new StripeNotNow('Balance', answer);
  return answer.value;
}

/** A refund of a charge that is none of ours, or anything else another shop does in the same account, is no difference. */
function differenceOf(movement: MatchedMovement): Difference | null {
  const { kind, amount, booked, payment, namedKey, currency, sourceId } = movement;
  if (!payment && (kind !== 'charge' || namedKey === null)) return null;
  if (payment && ((booked ?? 0) === amount || payment.currency !== currency)) return null;
  return {
    paymentId: payment?.documentId ?? null,
    paymentKey: payment?.key ?? namedKey ?? sourceId,
    transactionId: payment?.transactionId ?? null,
    machineId: payment?.machineId ?? null,
    customerId: payment?.customerId ?? null,
    rule: `stripe_${kind}`,
    expected: amount,
    found: booked ?? 0,
    currency,
  };
}

async function addFees(matched: readonly MatchedMovement[], { database }: Pick<BillingParts, 'database'>) {
  let added = 0;
  for (const { id, payment: whose, fee, hasFee, currency } of matched) {
    if (hasFee || fee === 0 || whose?.currency !== currency) continue;
    const payment = await findPaymentByDocumentId(database, whose.documentId);
    if (!payment) continue;
    await database.transaction((sql) => recordFees(sql, payment, [{ balanceTransactionId: id, amount: fee }]));
    added += 1;
  }
  return added;
}
