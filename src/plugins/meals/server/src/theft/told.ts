/** How people hear of a stolen meal: an operator by the incident, its owner by the front end. */
import type { Job } from '../../../../../shared/jobs';
import { toMajorText } from '../../../../../shared/money';
import type { GivenBack } from '../../../../billing/server/src/periods/give-back-share';
import type { MealsParts } from '../core/parts';
import type { News } from '../core/news';

/** A meal that left with somebody else than its owner, and what its owner gets for it. */
export interface ToldTheft {
  /** The purchase it left with. */
  readonly transactionId: string;
  readonly machineId: string;
  readonly takerCustomerId: string | null;
  readonly ownerCustomerId: string | null;
  readonly barcode: string;
  readonly sku: string;
  /** Whether the fridge saw it taken; else it is concluded from the fridge's list of products. */
  readonly isSeen: boolean;
  /** Whether the taker may open no door any more. */
  readonly isBlocked: boolean;
  /** The equal meal that is the owner's now. */
  readonly offer: string | null;
  /** What the owner gets back instead. Where that and the offer are null, they are owed a meal. */
  readonly refund: GivenBack | null;
}

export function tellOfTheft(theft: ToldTheft, { notifier, tell }: Pick<MealsParts, 'notifier' | 'tell'>): Job[] {
  const { transactionId, barcode, machineId, takerCustomerId } = theft;
  const alert = notifier.raise({
    cause: 'theft',
    severity: 'warning',
    occurrence: `${transactionId}:theft:${barcode}`,
    machineId,
    transactionId,
    customerId: takerCustomerId,
    message: messageOf(theft),
    vendorMessage: null,
  });
  return [alert, ...tell(newsOf(theft))];
}

function messageOf({ barcode, isSeen, ownerCustomerId, isBlocked, ...instead }: ToldTheft): string {
  const owner = ownerCustomerId === null ? 'another customer' : `the customer ${ownerCustomerId}`;
  return [
    isSeen
      ? `The meal ${barcode}, reserved for ${owner}, was taken and kept by somebody else.`
      : `By the fridge's list the meal ${barcode}, reserved for ${owner}, went to somebody else; it was not seen which meal it was.`,
    insteadOf(instead),
    ...(isBlocked && isSeen ? ['No door opens any more for whoever took it.'] : []),
  ].join(' ');
}

function insteadOf({ offer, refund }: Pick<ToldTheft, 'offer' | 'refund'>): string {
  if (offer !== null)
    return `The meal ${offer} is reserved for them instead: please put their name on it and tell them.`;
  if (refund === null) return 'No other one is left there: they are owed a meal.';
  const amount = `${toMajorText(refund.amount, refund.currency)} ${refund.currency}`;
  return `No other one is left there: they get ${amount} back, its share of their subscription's price.`;
}

/** For the owner. Who took it is not their business. */
function newsOf({ transactionId, machineId, ownerCustomerId, barcode, sku, isSeen, offer, refund }: ToldTheft): News {
  return {
    id: `${transactionId}-stolen-${barcode}`,
    type: 'meal.stolen',
    transactionId,
    data: {
      customerId: ownerCustomerId,
      transactionId,
      machineId,
      meal: { barcode, sku },
      isSeen,
      instead: offer === null ? null : { barcode: offer, sku },
      refund,
      isOwed: offer === null && refund === null,
    },
  };
}
