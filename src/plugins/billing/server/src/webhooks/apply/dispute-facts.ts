/** What a dispute says, in our words. Pure. */
import type Stripe from 'stripe';
import { reinstated, withdrawn, type Posting } from '../../core/postings';
import type { DisputeStage } from '../../store/disputes';
import type { Fee } from '../../stripe/fee';

/** https://docs.stripe.com/api/disputes/object#dispute_object-status */
export function stageOf({ status }: Pick<Stripe.Dispute, 'status'>): DisputeStage {
  switch (status) {
    case 'won':
      return 'won';
    case 'lost':
      return 'lost';
    case 'warning_closed':
    case 'prevented':
      return 'closed';
    default:
      return 'opened';
  }
}

/**
 * The money that a dispute has moved so far: nothing, while a bank only inquires.
 * @param currency of the payment. A balance in another one tells no amount that fits our ledger: the dispute's own is taken.
 */
export function movementsOf(
  { id, amount, balance_transactions: movements }: Pick<Stripe.Dispute, 'id' | 'amount' | 'balance_transactions'>,
  currency: string,
): { postings: Posting[]; fees: Fee[] } {
  const isOurs = (movement: Stripe.BalanceTransaction) => movement.currency.toUpperCase() === currency;
  const sum = (sign: 1 | -1) => {
    const ofSign = movements.filter((movement) => Math.sign(movement.amount) === sign);
    if (ofSign.length === 0) return 0;
    return ofSign.every(isOurs) ? ofSign.reduce((total, movement) => total + sign * movement.amount, 0) : amount;
  };
  return {
    postings: [withdrawn(id, sum(-1)), reinstated(id, sum(1))],
    fees: movements.filter(isOurs).map((movement) => ({ balanceTransactionId: movement.id, amount: movement.fee })),
  };
}
