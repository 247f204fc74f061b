import type Stripe from 'stripe';

export interface Fee {
  readonly balanceTransactionId: string;
  /** In minor units of the balance's currency. */
  readonly amount: number;
}

/** What Stripe keeps of a charge, where it says so already (`latest_charge.balance_transaction` expanded). */
export function feeOf(intent: Stripe.PaymentIntent): Fee | null {
  const charge = typeof intent.latest_charge === 'object' ? intent.latest_charge : null;
  const balance = charge?.balance_transaction;
  if (typeof balance !== 'object' || balance === null) return null;
  // A balance in another currency has its fees in that one: those are for the bookkeeper, not for this ledger.
  if (balance.currency !== intent.currency) return null;
  return { balanceTransactionId: balance.id, amount: balance.fee };
}
