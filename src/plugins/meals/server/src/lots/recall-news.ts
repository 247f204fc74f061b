/** Buyers of a recalled lot are told by the front end, once a purchase. */
import type { Sql } from '../../../../../shared/sql';
import type { News } from '../core/news';
import type { Lot, LotBuyer } from '../store/lots';

/**
 * What became of the money by then: given back, to be given back once it is charged, for a person to give back, or nothing
 * was paid (by a subscription, or it was given back before).
 */
export type RecallRefund = 'requested' | 'later' | 'by_hand' | 'none';

/** @returns false where it was told before. */
export async function claimRecallNews(sql: Sql, lot: Lot, { transactionId }: LotBuyer): Promise<boolean> {
  const rows = await sql.rows(
    {
      name: 'meals.claim-recall-news',
      text: `insert into larder.recalls_told (lot_id, transaction_id) values ($1, $2) on conflict do nothing returning lot_id`,
    },
    [lot.documentId, transactionId],
  );
  return rows.length > 0;
}

export function recallNews(lot: Lot, buyer: LotBuyer, refund: RecallRefund): News {
  const { transactionId, customerId, at, barcodes, amount, currency } = buyer;
  return {
    id: `${lot.documentId}-recalled-${transactionId}`,
    type: 'lot.recalled',
    transactionId,
    data: {
      customerId,
      transactionId,
      boughtAt: at?.toISOString() ?? null,
      product: { sku: lot.sku },
      lot: { id: lot.documentId, code: lot.code, reason: lot.reason },
      barcodes,
      refund: { state: refund, amount: refund === 'none' ? 0 : amount, currency },
    },
  };
}
