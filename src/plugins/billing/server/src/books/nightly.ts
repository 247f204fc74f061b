import type { BillingParts } from '../core/parts';
import { queues } from '../core/queues';
import { claimNight } from '../store/cursors';

/** When the night's check begins, UTC: after the last customer, before the first. */
const HOUR = 2;

/** Asked every minute or so; sends the check as a job, once a night on one instance. */
export function createNightlyCheck(parts: Pick<BillingParts, 'database' | 'queue'>): () => Promise<void> {
  return () =>
    parts.database.transaction(async (sql) => {
      if (await claimNight(sql, HOUR)) await parts.queue.send(sql, [{ queue: queues.books, data: {} }]);
    });
}
