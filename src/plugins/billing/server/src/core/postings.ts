/**
 * The double-entry ledger: each thing that happens to money is one posting, whose entries sum to nothing. Amounts are minor
 * units; an asset grows with a plus, income with a minus.
 *
 * `holds` and `holds_contra` follow what is held on cards and touch nothing else. `stripe` is the balance at Stripe, `sales`
 * what was sold, `receivable` what customers owe, `refunds`, `fees`, `disputes` and `forgiven` what was given back, paid to
 * Stripe, withdrawn by a bank and let go; `outside` is money that came past Stripe (a debt paid in cash).
 */
export const ACCOUNTS = [
  'holds',
  'holds_contra',
  'stripe',
  'sales',
  'receivable',
  'refunds',
  'fees',
  'disputes',
  'forgiven',
  'outside',
] as const;

export type Account = (typeof ACCOUNTS)[number];

/** One thing that happened to money. Its name is unique: told twice, it counts once. */
export interface Posting {
  readonly name: string;
  readonly entries: readonly { readonly account: Account; readonly amount: number }[];
  readonly memo?: string;
}

export const placedHold = (paymentKey: string, amount: number) =>
  posting(`hold:${paymentKey}`, 'holds', 'holds_contra', amount);

/** The hold is gone: captured, released or lapsed. */
export const endedHold = (paymentKey: string, amount: number) =>
  posting(`hold-end:${paymentKey}`, 'holds_contra', 'holds', amount);

export const captured = (paymentKey: string, amount: number) =>
  posting(`capture:${paymentKey}`, 'stripe', 'sales', amount);

/** What Stripe kept of a charge or of a refund; negative where it gave some back. */
export const paidFee = (balanceTransactionId: string, amount: number) =>
  posting(`fee:${balanceTransactionId}`, 'fees', 'stripe', amount);

export const refunded = (refundKey: string, amount: number) =>
  posting(`refund:${refundKey}`, 'refunds', 'stripe', amount);

/** A refund that failed after it had been made: Stripe gives the money back to us. */
export const unrefunded = (refundKey: string, amount: number) =>
  posting(`refund-failed:${refundKey}`, 'stripe', 'refunds', amount);

export const owed = (debtKey: string, amount: number) => posting(`debt:${debtKey}`, 'receivable', 'sales', amount);

/** A debt paid through Stripe. */
export const settledDebt = (debtKey: string, amount: number) =>
  posting(`debt-end:${debtKey}`, 'stripe', 'receivable', amount);

/** A debt paid past Stripe, as an operator says. */
export const settledOutside = (debtKey: string, amount: number) =>
  posting(`debt-end:${debtKey}`, 'outside', 'receivable', amount);

export const forgaveDebt = (debtKey: string, amount: number) =>
  posting(`debt-end:${debtKey}`, 'forgiven', 'receivable', amount);

/** A bank took the money back while a dispute is decided. */
export const withdrawn = (disputeId: string, amount: number) =>
  posting(`dispute:${disputeId}`, 'disputes', 'stripe', amount);

/** A dispute was won: the money is back. */
export const reinstated = (disputeId: string, amount: number) =>
  posting(`dispute-won:${disputeId}`, 'stripe', 'disputes', amount);

function posting(name: string, to: Account, from: Account, amount: number): Posting {
  return {
    name,
    entries: [
      { account: to, amount },
      { account: from, amount: -amount },
    ],
  };
}
