/** A person decides about a payment that Stripe contradicts: charge it after all, let it be a debt, or let it go. */
import type { Sql } from '../../../../../shared/sql';
import type { BillingParts } from '../core/parts';
import type { Payment } from '../core/payment';
import { endDebt } from '../debts/decide';
import { writeRefund } from '../refunds/request';
import { recordCaptured } from '../settle/outcomes';
import { settleJob } from '../settle/settle';
import { recordDebt } from '../store/debts';
import { changePayment, findPaymentByDocumentId } from '../store/payments';
import { dueOf, openDebtOf } from '../store/review';
import { renewTickets } from '../store/stripe-calls';
import { endReview } from './end-review';
import { lookAtHold, type HoldAtStripe } from './hold-at-stripe';

export interface PaymentDecision {
  /** The payment's documentId. */
  readonly paymentId: string;
  readonly decision: 'charge' | 'debt' | 'forgive';
  readonly reason: string;
  /** E.g. `admin:1`. */
  readonly decidedBy: string;
}

export type PaymentDecisionOutcome =
  | { readonly kind: 'decided'; readonly state: Payment['state'] }
  | { readonly kind: 'payment_not_found' }
  | { readonly kind: 'not_in_review'; readonly state: Payment['state'] }
  /** Nobody has said yet what was taken. */
  | { readonly kind: 'purchase_undecided' }
  /** Nothing was taken: there is nothing to charge and nothing to owe. */
  | { readonly kind: 'nothing_due' }
  /** Stripe has the money already, so nothing is owed. */
  | { readonly kind: 'already_charged' }
  | { readonly kind: 'stripe_unavailable' };

export async function decidePayment(decision: PaymentDecision, parts: BillingParts): Promise<PaymentDecisionOutcome> {
  const payment = await findPaymentByDocumentId(parts.database, decision.paymentId);
  if (!payment) return { kind: 'payment_not_found' };
  if (payment.state !== 'review') return { kind: 'not_in_review', state: payment.state };
  const due = await dueOf(parts.database, payment);
  if (due === null) return { kind: 'purchase_undecided' };
  const hold = await lookAtHold(payment, decision.decision !== 'charge', parts);
  if (hold.kind === 'unknown') return { kind: 'stripe_unavailable' };
  if (hold.kind === 'charged' && decision.decision === 'debt') return { kind: 'already_charged' };
  if (due === 0 && decision.decision !== 'forgive') return { kind: 'nothing_due' };
  if (hold.kind === 'charged') {
    return decideCharged({ ...payment, captureAmount: due > 0 ? due : null }, hold, decision, parts);
  }

  const state = decision.decision === 'charge' ? 'capturing' : 'released';
  const isDecided = await parts.database.transaction(async (sql) => {
    if (!(await changePayment(sql, payment.id, { to: state, captureAmount: due }))) return false;
    await noteDecision(sql, payment, decision, parts);
    await endReview(sql, payment, parts);
    if (decision.decision === 'charge') await chargeAgain(sql, payment, due, hold, parts);
    else await letGo(sql, payment, due, decision, parts);
    return true;
  });
  return isDecided ? { kind: 'decided', state } : lost(payment, parts);
}

/** The old hold is gone: without its id, and under new keys, the next settlement asks the card anew. */
async function chargeAgain(sql: Sql, payment: Payment, due: number, hold: HoldAtStripe, parts: BillingParts) {
  await sql.rows(
    {
      name: 'billing.begin-anew',
      text: `
update payments set message = null, payment_intent_id = case when not $2 then payment_intent_id end where id = $1`,
    },
    [payment.id, hold.kind === 'gone'],
  );
  if (hold.kind === 'gone') await renewTickets(sql, payment.key);
  if (payment.transaction) {
    await parts.queue.send(sql, [settleJob({ transactionId: payment.transaction.documentId, amount: due })]);
  }
}

/** What is forgiven was sold all the same: the ledger has it as a debt that was let go. */
async function letGo(sql: Sql, payment: Payment, due: number, decision: PaymentDecision, parts: BillingParts) {
  if (due > 0) await recordDebt(sql, payment, due, 'hold_lapsed');
  const isOwed = decision.decision === 'debt';
  if (payment.transaction) {
    await parts.noteMoney(sql, {
      transactionId: payment.transaction.id,
      name: isOwed ? 'debt.recorded' : 'payment.released',
      outcome: isOwed ? 'owed' : 'released',
      message: null,
      paymentState: isOwed ? 'owed' : 'released',
      capturedAmount: 0,
    });
  }
  if (isOwed || due === 0) return;
  const debtId = await openDebtOf(sql, payment);
  if (debtId !== null) await endDebt(sql, { ...decision, debtId, decision: 'forgive' }, parts);
}

/** Somebody charged it at Stripe: that is written down with who decided so, and given back where it is forgiven. */
async function decideCharged(
  payment: Payment,
  { intent }: Extract<HoldAtStripe, { kind: 'charged' }>,
  decision: PaymentDecision,
  parts: BillingParts,
): Promise<PaymentDecisionOutcome> {
  const { transaction } = payment;
  const { reason, decidedBy: requestedBy } = decision;
  const isDecided = await recordCaptured(payment, intent, parts, async (sql) => {
    await noteDecision(sql, payment, decision, parts);
    if (decision.decision !== 'forgive' || !transaction) return;
    const order = { transactionId: transaction.documentId, amount: null, lines: null, reason, requestedBy };
    await writeRefund(sql, { ...order, idempotencyKey: `decision:${payment.key}` }, payment, parts);
  });
  return isDecided ? { kind: 'decided', state: 'captured' } : lost(payment, parts);
}

/** Into the history of the purchase. */
async function noteDecision(sql: Sql, payment: Payment, decision: PaymentDecision, parts: BillingParts): Promise<void> {
  if (!payment.transaction) return;
  await parts.noteMoney(sql, {
    transactionId: payment.transaction.id,
    name: 'payment.decided',
    outcome: decision.decision,
    message: `${decision.reason} (${decision.decidedBy})`,
  });
}

async function lost({ documentId }: Payment, parts: BillingParts): Promise<PaymentDecisionOutcome> {
  const current = await findPaymentByDocumentId(parts.database, documentId);
  return current ? { kind: 'not_in_review', state: current.state } : { kind: 'payment_not_found' };
}
