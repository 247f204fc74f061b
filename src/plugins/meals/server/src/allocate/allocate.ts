/**
 * A purchase has ended, and its meals leave the books of its machine: once, in one transaction with what follows from it.
 * Stock that does not fit is told to a person; it never keeps a purchase from being settled.
 */
import { z } from 'zod';
import type { Job } from '../../../../../shared/jobs';
import type { JobHandler } from '../../../../../shared/queue';
import type { Sql } from '../../../../../shared/sql';
import type { PurchaseOutcome } from '../../../../purchases/server/src/ports/payment-provider';
import { allocate, type Allocation } from '../core/allocate';
import { billOf, type Bill } from '../core/bill';
import type { Taken } from '../core/meal';
import type { MealsParts } from '../core/parts';
import { queues } from '../core/queues';
import { findWitness, type Witness } from '../device/witness';
import { leaveWith, type Leaving } from '../store/leave';
import { findNegative } from '../store/levels';
import { recordMovements, type Movement } from '../store/movements';
import { claimPurchase, keepResult, type FinishedPurchase } from '../store/purchase';
import { rebill } from '../store/rebill';
import { findStanding, lockStock } from '../store/standing';
import { findTheftTerms, theftPrice } from '../theft/price';
import { settleThefts } from '../theft/settle-thefts';
import { creditReferral } from '../referrals/credit';
import { creditedNews } from '../referrals/news';
import { collect } from '../subscriptions/collect';
import type { Cover } from '../subscriptions/cover';
import { mismatchAlert } from './alerts';

const jobData = z.object({
  transactionId: z.string(),
  state: z.literal('completed'),
  amount: z.number().int().nonnegative(),
  currency: z.string(),
});

/** The job that looks for the meals of a completed purchase; what follows from the purchase is sent by it. */
export function allocateJob({ transactionId, state, amount, currency }: PurchaseOutcome): Job {
  return { queue: queues.allocate, data: { transactionId, state, amount, currency }, singletonKey: transactionId };
}

export function createAllocateHandler(parts: MealsParts): JobHandler {
  return async ({ data }) => {
    const outcome = jobData.parse(data);
    await parts.database.transaction(async (sql) => {
      const purchase = await claimPurchase(sql, outcome.transactionId);
      if (!purchase) return;
      const referral = purchase.isReferred ? await creditReferral(sql, purchase.id) : undefined;
      if (referral) await parts.queue.send(sql, parts.tell(creditedNews(referral, purchase.documentId)));
      const amount = purchase.hasStock ? await takeOut(sql, purchase, parts) : outcome.amount;
      await parts.queue.send(sql, parts.follow({ ...outcome, amount }));
    });
  };
}

/** Something is wrong with the books of a machine, again and again: the money goes on at the catalogue's prices. */
export function createDeadAllocateHandler(parts: MealsParts): JobHandler {
  return async ({ data }) => {
    const outcome = jobData.parse(data);
    await parts.database.transaction(async (sql) => {
      const purchase = await claimPurchase(sql, outcome.transactionId);
      if (!purchase) return;
      const alert = mismatchAlert(purchase, 'What was taken could not be brought into the stock.', parts);
      await parts.queue.send(sql, [alert, ...parts.follow(outcome)]);
    });
  };
}

/** @returns what is due, in minor units. */
async function takeOut(sql: Sql, purchase: FinishedPurchase, parts: MealsParts): Promise<number> {
  await lockStock(sql, purchase.machine.documentId);
  const witness = await findWitness(sql, purchase.documentId, purchase.machine.documentId);
  const standing = (await findStanding(sql, purchase.machine.id)).filter(
    (meal) => !witness.elsewhere.has(meal.barcode),
  );
  const buyer = purchase.user?.id ?? null;
  const allocation = allocate({ lines: purchase.lines, buyer, reported: witness.taken }, standing);
  const terms = await findTheftTerms(sql, purchase.machine.id, purchase.currency);
  const priceOfTheft = (unitAmount: number) => theftPrice(unitAmount, terms);
  const covered = await collect(sql, purchase, allocation.taken, parts);
  const bill = billOf(purchase.lines, allocation.taken, { covered, theftPrice: priceOfTheft });

  await leaveWith(
    sql,
    purchase.id,
    allocation.taken.flatMap((one) => leavingOf(one, covered)),
  );
  await recordMovements(sql, purchase.machine, allocation.taken.map(movementOf(purchase)));
  const isRebilled = bill.isChanged && purchase.isOpen;
  if (isRebilled) await rebill(sql, purchase.id, bill);
  await keepResult(sql, purchase.documentId, resultOf(allocation, bill));
  await settleThefts(
    sql,
    { purchase, allocation, standing, theftPrice: isRebilled ? priceOfTheft : (unitAmount) => unitAmount },
    parts,
  );
  const doubts = await doubtsOf(sql, purchase, allocation, witness);
  if (doubts.length > 0) await parts.queue.send(sql, [mismatchAlert(purchase, doubts.join(' '), parts)]);
  return isRebilled ? bill.total : purchase.totalAmount;
}

function leavingOf(one: Taken, covered: Cover): Leaving[] {
  if (!one.meal) return [];
  if (one.as === 'reserved') return [{ id: one.meal.id, as: 'stolen' }];
  return [{ id: one.meal.id, as: covered.has(one) ? 'collected' : 'sold' }];
}

function movementOf({ documentId }: FinishedPurchase) {
  return ({ sku, meal }: Taken, n: number): Movement => ({
    key: `purchase:${documentId}:${n}`,
    kind: 'out',
    quantity: -1,
    sku,
    barcode: meal?.barcode ?? null,
    transactionId: documentId,
    restockId: null,
    reason: null,
    movedBy: null,
  });
}

/** What the books cannot explain, as sentences. */
async function doubtsOf(
  sql: Sql,
  purchase: FinishedPurchase,
  { taken, unlisted }: Allocation,
  witness: Witness,
): Promise<string[]> {
  const skus = [...new Set(taken.map(({ sku }) => sku))];
  const negative = await findNegative(sql, purchase.machine.documentId, skus);
  const unsellable = taken.flatMap(({ meal, as }) => (as === 'unsellable' && meal ? [meal.barcode] : []));
  const unseen = [
    ...new Set(taken.flatMap(({ sku, as }) => (as === 'unknown' && witness.elsewhere.size > 0 ? [sku] : []))),
  ];
  return [
    ...negative.map(({ sku, quantity }) => `By the books ${quantity} of ${sku} are left.`),
    ...(unlisted.length > 0 ? [`Reported as taken and not on the fridge's list: ${unlisted.join(', ')}.`] : []),
    ...(unseen.length > 0 ? [`On the fridge's list, and no meal of it can have gone: ${unseen.join(', ')}.`] : []),
    ...(unsellable.length > 0 ? [`Sold though no longer to be sold: ${unsellable.join(', ')}.`] : []),
  ];
}

function resultOf({ taken, unlisted }: Allocation, { total }: Bill) {
  return {
    total,
    unlisted,
    taken: taken.map(({ sku, meal, as, isReported }) => ({ sku, as, isReported, barcode: meal?.barcode ?? null })),
  };
}
