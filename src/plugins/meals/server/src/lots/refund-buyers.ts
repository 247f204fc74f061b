/** Who bought meals of a recalled lot is told, and gets their price back, once a purchase. */
import { z } from 'zod';
import type { JobHandler } from '../../../../../shared/queue';
import type { RefundOrder, RefundOutcome } from '../../../../billing/server/src/refunds/request';
import type { MealsParts } from '../core/parts';
import { claimRecallNews, recallNews, type RecallRefund } from './recall-news';
import { findBuyers, findLot, type Lot, type LotBuyer } from '../store/lots';

export type RequestRefund = (order: RefundOrder) => Promise<RefundOutcome>;

type Parts = Pick<MealsParts, 'database' | 'queue' | 'notifier' | 'tell' | 'log'>;

const jobData = z.object({ lotId: z.string() });

/** Who asks for the refunds of a recall. */
export function recallName(lotId: string): string {
  return `recall:${lotId}`;
}

/**
 * @param requestRefund null where Larder does not take the money itself: then buyers are only listed and told.
 * @throws where a purchase is not charged yet: the job is tried again.
 */
export function createRecallHandler(parts: Parts, requestRefund: () => RequestRefund | null): JobHandler {
  return async ({ data }) => {
    const request = requestRefund();
    const lot = await findLot(parts.database, jobData.parse(data).lotId);
    if (!lot || lot.state !== 'recalled') return;
    let waiting = 0;
    for (const buyer of await findBuyers(parts.database, lot, recallName(lot.documentId))) {
      const refund = await refundOne(lot, buyer, request, parts);
      if (refund === 'later') waiting += 1;
      await parts.database.transaction(async (sql) => {
        const isNew = await claimRecallNews(sql, lot, buyer);
        if (isNew) await parts.queue.send(sql, parts.tell(recallNews(lot, buyer, refund)));
      });
    }
    if (waiting > 0) throw new Error(`${waiting} purchases of the lot ${lot.code} are not charged yet.`);
  };
}

async function refundOne(
  lot: Lot,
  buyer: LotBuyer,
  request: RequestRefund | null,
  parts: Parts,
): Promise<RecallRefund> {
  if (buyer.amount === 0) return 'none';
  if (buyer.refund !== null) return buyer.refund.state === 'failed' ? 'by_hand' : 'requested';
  if (!request) return 'by_hand';
  const { kind } = await request(orderOf(lot, buyer));
  switch (kind) {
    case 'requested':
    case 'key_reused':
      return 'requested';
    case 'not_captured':
      return 'later';
    case 'nothing_to_refund':
      return 'none';
    default:
      await tell(lot, buyer, kind, parts);
      return 'by_hand';
  }
}

/** The same for the same purchase, whoever recalls and why: it counts once. */
function orderOf({ documentId, code, sku }: Lot, buyer: LotBuyer): RefundOrder {
  const { transactionId, quantity } = buyer;
  return {
    transactionId,
    amount: null,
    lines: [{ sku, quantity, kind: 'sale' }],
    reason: `Recall of lot ${code}`,
    requestedBy: recallName(documentId),
    idempotencyKey: `recall:${documentId}:${transactionId}`,
  };
}

/** A person gives back what could not be given back by itself. */
async function tell(lot: Lot, buyer: LotBuyer, why: string, { queue, notifier, database, log }: Parts): Promise<void> {
  log.warn(`The recall of lot ${lot.code} could not refund ${buyer.transactionId}: ${why}.`);
  const alert = notifier.raise({
    cause: 'refund_failed',
    severity: 'warning',
    occurrence: `${recallName(lot.documentId)}:${buyer.transactionId}`,
    machineId: null,
    transactionId: buyer.transactionId,
    customerId: buyer.customerId,
    message: `Lot ${lot.code} is recalled, and what it cost could not be given back by itself: ${why}.`,
    vendorMessage: null,
  });
  await queue.send(database, [alert]);
}
