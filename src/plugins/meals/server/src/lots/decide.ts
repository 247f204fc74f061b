/** Somebody decides about a lot: it is no longer sold, sold again, or recalled, which is for good. */
import type { MealsParts } from '../core/parts';
import { queues } from '../core/queues';
import { changeLot, lockLot, type Lot } from '../store/lots';
import { viewLot, type LotView } from './view';

export type LotDecision = 'stop' | 'release' | 'recall';

export interface LotOrder {
  /** A documentId. */
  readonly lotId: string;
  readonly decision: LotDecision;
  readonly reason: string;
}

export type LotOutcome =
  | { readonly kind: 'decided'; readonly lot: LotView }
  | { readonly kind: 'lot_not_found' }
  /** A recall is for good. */
  | { readonly kind: 'lot_recalled' };

const STATES = { stop: 'stopped', release: 'selling', recall: 'recalled' } as const;

/** Purchases that were being settled in that moment are found by the second look. Seconds. */
const LOOK_AGAIN_S = 120;

type Parts = Pick<MealsParts, 'database' | 'queue' | 'notifier'>;

/** The same decision again changes nothing, tells nobody twice, and answers as things are now. */
export function decideLot({ lotId, decision, reason }: LotOrder, parts: Parts): Promise<LotOutcome> {
  return parts.database.transaction(async (sql): Promise<LotOutcome> => {
    const lot = await lockLot(sql, lotId);
    if (!lot) return { kind: 'lot_not_found' };
    const state = STATES[decision];
    if (lot.state === 'recalled' && state !== 'recalled') return { kind: 'lot_recalled' };
    const isNew = lot.state !== state;
    if (isNew) await changeLot(sql, lot.id, state, reason);
    const now = { ...lot, state, reason: isNew ? reason : lot.reason };
    const view = await viewLot(sql, now, { withBuyers: state === 'recalled' });
    if (state === 'recalled') {
      const job = { queue: queues.recall, data: { lotId: lot.documentId }, singletonKey: lot.documentId };
      await parts.queue.send(sql, isNew ? [job, { ...job, delaySeconds: LOOK_AGAIN_S }] : [job]);
    }
    if (isNew && state === 'recalled') {
      const { meals, machines, buyers } = view;
      const message = `Lot ${lot.code} of ${lot.sku} is recalled: ${reason}. ${meals} of its meals stand in ${machines.length} machines, ${buyers.length} purchases took some.`;
      await parts.queue.send(sql, [recallAlert(lot, message, parts)]);
    }
    return { kind: 'decided', lot: view };
  });
}

function recallAlert({ documentId }: Lot, message: string, { notifier }: Parts) {
  return notifier.raise({
    cause: 'lot_recalled',
    severity: 'urgent',
    occurrence: `lot:${documentId}:recalled`,
    machineId: null,
    transactionId: null,
    customerId: null,
    message,
    vendorMessage: null,
  });
}
