import type Stripe from 'stripe';
import { PAYMENT_METADATA } from './find-intent';
import { idOf } from './intent-facts';

/** One movement of the balance at Stripe, as far as our books care. Amounts in minor units of `currency`. */
export interface Movement {
  readonly id: string;
  readonly kind: 'charge' | 'refund' | 'refund_failure' | 'withdrawn' | 'reinstated';
  /** A charge's, refund's or dispute's id. */
  readonly sourceId: string;
  /** The charge that it is about; null where Stripe does not say. */
  readonly chargeId: string | null;
  /** Always positive. */
  readonly amount: number;
  readonly fee: number;
  readonly currency: string;
  /** The `key` of the payment that the charge says it is of: Stripe's account may serve others than Larder. */
  readonly paymentKey: string | null;
}

/** `data.source` must be expanded. Null for what is no charge, refund or dispute: a payout, a fee of the account. */
export function movementOf(balance: Stripe.BalanceTransaction): Movement | null {
  const kind = kindOf(balance);
  const { source } = balance;
  if (kind === null || source === null) return null;
  const object = typeof source === 'object' ? (source as { charge?: string | { id: string } | null }) : {};
  const charge = kind === 'charge' ? idOf(source) : idOf(object.charge);
  const metadata = typeof source === 'object' && 'metadata' in source ? source.metadata : null;
  return {
    id: balance.id,
    kind,
    sourceId: idOf(source) ?? '',
    chargeId: charge,
    amount: Math.abs(balance.amount),
    fee: balance.fee,
    currency: balance.currency.toUpperCase(),
    paymentKey: metadata?.[PAYMENT_METADATA] ?? null,
  };
}

/** https://docs.stripe.com/reports/balance-transaction-types */
function kindOf({ type, reporting_category: category, amount }: Stripe.BalanceTransaction): Movement['kind'] | null {
  if (type === 'charge' || type === 'payment') return 'charge';
  if (type === 'refund' || type === 'payment_refund') return 'refund';
  if (type === 'refund_failure' || type === 'payment_failure_refund') return 'refund_failure';
  if (category !== 'dispute' && category !== 'dispute_reversal') return null;
  return amount < 0 ? 'withdrawn' : 'reinstated';
}
