import type { News } from '../core/news';
import type { FinishedPurchase } from '../store/purchase';
import type { RecordedTheft } from './record';

/** For the owner of a meal that somebody else took and kept. Who took it is not their business. */
export function stolenNews(
  { barcode, sku, isSeen, ownerCustomerId, offer }: RecordedTheft,
  { documentId, machine }: FinishedPurchase,
): News {
  return {
    id: `${documentId}-stolen-${barcode}`,
    type: 'meal.stolen',
    transactionId: documentId,
    data: {
      customerId: ownerCustomerId,
      transactionId: documentId,
      machineId: machine.documentId,
      meal: { barcode, sku },
      isSeen,
      instead: offer === null ? null : { barcode: offer, sku },
      isOwed: offer === null,
    },
  };
}
