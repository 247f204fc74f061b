/** A customer asks their bank for the money back. */
import type Stripe from 'stripe';
import type { Account } from '../account/account';
import { newId } from '../account/ids';
import { DISPUTE_FEE, moveMoney } from './balance';
import { chargeOf } from './lookup';

export function newDispute(account: Account, charge: Stripe.Charge, reason: string): Stripe.Dispute {
  const id = newId('dp');
  const now = account.time.seconds();
  const amount = charge.amount_captured;
  const dispute: Stripe.Dispute = {
    id,
    object: 'dispute',
    amount,
    balance_transactions: [adjust(account, id, -amount, DISPUTE_FEE, charge.currency)],
    charge: charge.id,
    created: now,
    currency: charge.currency,
    enhanced_eligibility_types: [],
    evidence: noEvidence,
    evidence_details: {
      due_by: now + 9 * 86_400,
      enhanced_eligibility: {},
      has_evidence: false,
      past_due: false,
      submission_count: 0,
      submission_method: 'not_submitted',
    },
    intended_submission_method: 'manual',
    is_charge_refundable: false,
    livemode: false,
    metadata: {},
    payment_intent: charge.payment_intent,
    reason,
    status: 'needs_response',
  };
  charge.disputed = true;
  account.disputes.add(dispute);
  account.emit('charge.dispute.created', dispute);
  account.emit('charge.dispute.funds_withdrawn', dispute);
  return dispute;
}

export function closeDispute(account: Account, dispute: Stripe.Dispute, status: 'won' | 'lost'): void {
  dispute.status = status;
  if (status === 'won') {
    dispute.balance_transactions.push(adjust(account, dispute.id, dispute.amount, 0, dispute.currency));
    chargeOf(account, String(dispute.charge)).disputed = false;
    account.emit('charge.dispute.funds_reinstated', dispute);
  }
  account.emit('charge.dispute.closed', dispute);
}

function adjust(account: Account, source: string, amount: number, fee: number, currency: string) {
  const category = amount < 0 ? 'dispute' : 'dispute_reversal';
  const description = amount < 0 ? 'Chargeback withdrawal' : 'Chargeback reversal';
  return moveMoney(account, { type: 'adjustment', category, amount, fee, currency, source, description });
}

const noEvidence: Stripe.Dispute.Evidence = {
  access_activity_log: null,
  billing_address: null,
  cancellation_policy: null,
  cancellation_policy_disclosure: null,
  cancellation_rebuttal: null,
  customer_communication: null,
  customer_email_address: null,
  customer_name: null,
  customer_purchase_ip: null,
  customer_signature: null,
  duplicate_charge_documentation: null,
  duplicate_charge_explanation: null,
  duplicate_charge_id: null,
  enhanced_evidence: {},
  product_description: null,
  receipt: null,
  refund_policy: null,
  refund_policy_disclosure: null,
  refund_refusal_explanation: null,
  service_date: null,
  service_documentation: null,
  shipping_address: null,
  shipping_carrier: null,
  shipping_date: null,
  shipping_documentation: null,
  shipping_tracking_number: null,
  uncategorized_file: null,
  uncategorized_text: null,
};
