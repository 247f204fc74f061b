/** A person settles a debt that was paid past Stripe, or forgives it. */
import type { Sql } from '../../../../../shared/sql';
import type { BillingParts } from '../core/parts';
import { forgaveDebt, settledOutside } from '../core/postings';
import { decideOpenDebt, findDebtState } from '../store/decide-debt';
import { post } from '../store/ledger';

export interface DebtDecision {
  /** The debt's documentId. */
  readonly debtId: string;
  readonly decision: 'settle' | 'forgive';
  readonly reason: string;
  /** E.g. `admin:1`. */
  readonly decidedBy: string;
}

export type DebtOutcome =
  | { readonly kind: 'decided'; readonly state: 'settled' | 'forgiven' }
  | { readonly kind: 'debt_not_found' }
  /** Somebody was faster, or the customer has paid. */
  | { readonly kind: 'debt_not_open'; readonly state: 'settled' | 'forgiven' };

export async function decideDebt(
  decision: DebtDecision,
  parts: Pick<BillingParts, 'database' | 'noteMoney'>,
): Promise<DebtOutcome> {
  return parts.database.transaction(async (sql) => {
    const to = decision.decision === 'settle' ? 'settled' : 'forgiven';
    if (await endDebt(sql, decision, parts)) return { kind: 'decided', state: to };
    const state = await findDebtState(sql, decision.debtId);
    if (state === undefined) return { kind: 'debt_not_found' };
    // It cannot be open: the update before would have taken it.
    return { kind: 'debt_not_open', state: state === 'forgiven' ? 'forgiven' : 'settled' };
  });
}

/** Ends an open debt within the caller's transaction. @returns false where it is not open. */
export async function endDebt(
  sql: Sql,
  { debtId, decision, reason, decidedBy }: DebtDecision,
  { noteMoney }: Pick<BillingParts, 'noteMoney'>,
): Promise<boolean> {
  const to = decision === 'settle' ? 'settled' : 'forgiven';
  const debt = await decideOpenDebt(sql, debtId, to, { reason, decidedBy });
  if (!debt) return false;
  const { key, amount, currency, transaction, paymentId, customerId } = debt;
  const posting = decision === 'settle' ? settledOutside(key, amount) : forgaveDebt(key, amount);
  const whose = { transactionId: transaction?.documentId ?? null, paymentId, customerId, currency };
  await post(sql, [{ ...posting, memo: reason.slice(0, 255) }], whose);
  if (!transaction) return true;
  // Where something was charged beside it, the purchase is `captured` already.
  const isWhole = debt.cause !== 'basket_above_hold';
  await noteMoney(sql, {
    transactionId: transaction.id,
    name: decision === 'settle' ? 'debt.settled' : 'debt.forgiven',
    outcome: to,
    message: `${reason} (${decidedBy})`,
    ...(isWhole && { paymentState: decision === 'settle' ? 'captured' : 'released' }),
  });
  return true;
}
