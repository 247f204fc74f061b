/** Giving taken money back. */
import type Stripe from 'stripe';
import type { Account } from '../account/account';
import { newId } from '../account/ids';
import { invalid } from '../wire/problem';
import { moveMoney } from './balance';
import { chargeOf } from './lookup';

interface Wanted {
  /** Minor units; all that is left where absent. */
  readonly amount?: number;
  readonly reason?: Stripe.Refund.Reason | null;
  readonly metadata?: Stripe.Metadata;
}

/** What can still be given back. */
export const refundable = (account: Account, charge: Stripe.Charge): number =>
  charge.amount_captured -
  account.refunds
    .all()
    .filter((refund) => refund.charge === charge.id && refund.status !== 'failed')
    .reduce((sum, { amount }) => sum + amount, 0);

/** @throws Problem 400 for more than is left, for all of it twice, and for money that was never taken. */
export function refund(account: Account, charge: Stripe.Charge, wanted: Wanted): Stripe.Refund {
  if (!charge.captured) throw invalid('This PaymentIntent does not have a successful charge to refund.');
  const left = refundable(account, charge);
  if (left === 0) throw invalid(`Charge ${charge.id} has already been refunded.`, { code: 'charge_already_refunded' });
  if (charge.disputed) throw invalid('Charge is disputed.', { code: 'charge_disputed' });
  const amount = wanted.amount ?? left;
  if (amount < 1) throw invalid('Invalid positive integer', { param: 'amount' });
  if (amount > left) {
    const message = `Refund amount (${amount}) is greater than unrefunded amount on charge (${left})`;
    throw invalid(message, { code: 'amount_too_large', param: 'amount' });
  }
  const made = account.refunds.add({
    id: newId('re'),
    object: 'refund',
    amount,
    balance_transaction: null,
    charge: charge.id,
    created: account.time.seconds(),
    currency: charge.currency,
    customer: charge.customer,
    customer_account: null,
    metadata: wanted.metadata ?? {},
    payment_intent: charge.payment_intent,
    payment_method: charge.payment_method,
    reason: wanted.reason ?? null,
    receipt_number: null,
    source_transfer_reversal: null,
    status: account.refundStatus === 'failed' ? 'pending' : account.refundStatus,
    transfer_reversal: null,
  });
  const movement = { type: 'refund', category: 'refund', amount: -amount, fee: 0, description: null } as const;
  made.balance_transaction = moveMoney(account, { ...movement, currency: made.currency, source: made.id }).id;
  count(account, charge);
  account.emit('refund.created', made);
  account.emit('charge.refunded', charge);
  if (account.refundStatus === 'failed') settleRefund(account, made, 'failed');
  return made;
}

/** The bank's word on a refund that was pending. The money of one that failed comes back to the account. */
export function settleRefund(account: Account, made: Stripe.Refund, status: 'succeeded' | 'failed'): void {
  made.status = status;
  const charge = chargeOf(account, String(made.charge));
  if (status === 'failed') {
    made.failure_reason = 'expired_or_canceled_card';
    const movement = { type: 'refund_failure', category: 'refund_failure', amount: made.amount, fee: 0 } as const;
    const { currency, id: source } = made;
    made.failure_balance_transaction = moveMoney(account, { ...movement, currency, source, description: null }).id;
    count(account, charge);
    account.emit('refund.failed', made);
  }
  account.emit('refund.updated', made);
  account.emit('charge.refund.updated', made);
}

function count(account: Account, charge: Stripe.Charge): void {
  const left = refundable(account, charge);
  charge.amount_refunded = charge.amount - left;
  charge.refunded = left === 0;
}
