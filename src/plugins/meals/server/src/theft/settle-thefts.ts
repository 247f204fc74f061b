/** Meals left with somebody else than their owner: written down, the owner gets another one, and a person is told. */
import type { Job } from '../../../../../shared/jobs';
import type { Sql } from '../../../../../shared/sql';
import type { Allocation } from '../core/allocate';
import type { StandingMeal, Taken } from '../core/meal';
import type { MealsParts } from '../core/parts';
import type { FinishedPurchase } from '../store/purchase';
import { offersFor } from './offers';
import { compensateJob } from './compensate';
import { countAgainst, recordThefts, type RecordedTheft } from './record';
import { tellOfTheft } from './told';

export interface Thefts {
  readonly purchase: FinishedPurchase;
  readonly allocation: Allocation;
  /** What could have gone with the purchase. */
  readonly standing: readonly StandingMeal[];
  /** What a stolen meal costs that the fridge saw taken, from its price in the catalogue. */
  readonly theftPrice: (unitAmount: number) => number;
}

/** In the transaction of the allocation, once the meals have left. */
export async function settleThefts(sql: Sql, thefts: Thefts, parts: MealsParts): Promise<void> {
  const { purchase, allocation, standing } = thefts;
  const stolen = allocation.taken.filter(isStolen);
  if (stolen.length === 0) return;
  const gone = new Set(allocation.taken.map(({ meal }) => meal?.id));
  const offers = offersFor(
    stolen.map(({ meal }) => meal),
    standing.filter(({ id }) => !gone.has(id)),
  );
  const recorded = await recordThefts(
    sql,
    {
      transactionId: purchase.documentId,
      machineId: purchase.machine.documentId,
      takerId: purchase.user?.id ?? null,
      currency: purchase.currency,
    },
    stolen.map(({ meal, isReported }) => ({
      mealId: meal.id,
      offerId: offers.get(meal.id)?.id ?? null,
      isSeen: isReported,
      amount: priceOf(meal, isReported, thefts),
    })),
  );
  const seen = stolen.filter(({ isReported }) => isReported).length;
  const isBlocked =
    purchase.user !== null && seen > 0 && (await countAgainst(sql, purchase.user.id, seen, parts.blockAfterThefts));
  await parts.queue.send(
    sql,
    recorded.flatMap((theft) => followOf(theft, purchase, isBlocked, parts)),
  );
}

/** Where another meal is kept for the owner that is told; else it is looked first what they get instead. */
function followOf(theft: RecordedTheft, purchase: FinishedPurchase, isBlocked: boolean, parts: MealsParts): Job[] {
  const { documentId: transactionId, machine, user } = purchase;
  if (theft.offer === null) return [compensateJob({ transactionId, barcode: theft.barcode, isBlocked })];
  const told = { transactionId, machineId: machine.documentId, takerCustomerId: user?.customerId ?? null };
  return tellOfTheft({ ...theft, ...told, isBlocked, refund: null }, parts);
}

function isStolen(one: Taken): one is Taken & { readonly meal: StandingMeal } {
  return one.as === 'reserved' && one.meal !== null;
}

function priceOf({ sku }: StandingMeal, isSeen: boolean, { purchase, theftPrice }: Thefts): number {
  const unitAmount = purchase.lines.find((line) => line.sku === sku)?.unitAmount ?? 0;
  return isSeen ? theftPrice(unitAmount) : unitAmount;
}
