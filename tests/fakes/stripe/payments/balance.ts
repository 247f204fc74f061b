/** The account's own money: what comes in, what goes out, what Stripe keeps. */
import type Stripe from 'stripe';
import type { Account } from '../account/account';
import { newId } from '../account/ids';

/** A card of the European Economic Area: 1.5 % and 25 minor units. https://stripe.com/pricing */
export const feeOf = (amount: number): number => Math.round(amount * 0.015) + 25;
/** What a dispute costs, in minor units. */
export const DISPUTE_FEE = 2000;

interface Movement {
  readonly type: Stripe.BalanceTransaction.Type;
  readonly category: string;
  /** Minor units; negative where money leaves. */
  readonly amount: number;
  readonly fee: number;
  readonly currency: string;
  readonly source: string;
  readonly description: string | null;
}

export function moveMoney(account: Account, movement: Movement): Stripe.BalanceTransaction {
  const { type, category, amount, fee, currency, source, description } = movement;
  const created = account.time.seconds();
  const detail = {
    amount: fee,
    application: null,
    currency,
    description: 'Stripe processing fees',
    type: 'stripe_fee',
  };
  return account.balance.add({
    id: newId('txn'),
    object: 'balance_transaction',
    amount,
    available_on: created + 2 * 86_400,
    balance_type: 'payments',
    created,
    currency,
    description,
    exchange_rate: null,
    fee,
    fee_details: fee === 0 ? [] : [detail],
    net: amount - fee,
    reporting_category: category,
    source,
    status: 'pending',
    type,
  });
}
