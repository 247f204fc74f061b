import type Stripe from 'stripe';
import type { Apply } from '.';
import { paymentAlert, money } from '../../core/alerts';
import type { BillingParts } from '../../core/parts';
import type { Payment } from '../../core/payment';
import { post } from '../../store/ledger';
import { ledgerOf } from '../../store/ledger-of';
import { recordFees } from '../../store/fees';
import { findPaymentByIntent } from '../../store/payments';
import { reachStages, sumDisputes } from '../../store/disputes';
import { idOf } from '../../stripe/intent-facts';
import { fetched, idIn } from '../fetched';
import { movementsOf, stageOf } from './dispute-facts';
import { applyIntent } from './intent';

/** `charge.dispute.*` */
export const applyDisputeEvent: Apply = async ({ object }, parts) => {
  const id = idIn(object, 'id');
  if (id === undefined) return false;
  const dispute = fetched('Look at a dispute', await parts.call((stripe) => stripe.disputes.retrieve(id)));
  const intent = dispute && idOf(dispute.payment_intent);
  // The payment is brought up to date first: what is withdrawn must have been taken before.
  if (!dispute || !intent || !(await applyIntent(intent, parts))) return false;
  const payment = await findPaymentByIntent(parts.database, intent);
  if (!payment) return false;
  await recordDispute(payment, dispute, parts);
  return true;
};

/** Ledger, payment, history and alert, in one transaction; each step of a dispute once. */
async function recordDispute(payment: Payment, dispute: Stripe.Dispute, parts: BillingParts): Promise<void> {
  const { postings, fees } = movementsOf(dispute, payment.currency);
  const what = `${money(dispute.amount, dispute.currency.toUpperCase())}, ${dispute.reason}`;
  await parts.database.transaction(async (sql) => {
    const stages = await reachStages(sql, dispute.id, payment.id, stageOf(dispute));
    await post(sql, postings, ledgerOf(payment));
    await recordFees(sql, payment, fees);
    await sumDisputes(sql, payment);
    for (const stage of stages) {
      if (payment.transaction) {
        const note = { name: 'payment.disputed', outcome: stage, message: `${dispute.id}: ${what}` };
        await parts.noteMoney(sql, { transactionId: payment.transaction.id, ...note });
      }
      if (stage === 'opened') {
        const message = `A customer asks their bank for the money back (${what}). Answer in Stripe's dashboard.`;
        await parts.queue.send(sql, [paymentAlert(parts.notifier, payment, 'dispute_opened', message)]);
      }
    }
  });
}
