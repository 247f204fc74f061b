/** The nightly look at the books of the stock: what is kept by trigger, what the movements sum to, and what stands there. */
import type { JobHandler } from '../../../../../shared/queue';
import type { MealsParts } from '../core/parts';
import { claimStockNight } from '../store/nights';
import { compareStock, findStockedMachines, type StockDifference } from '../store/compare-stock';
import { queues } from '../core/queues';

/** When it begins, UTC: after the check of the money's books. */
const HOUR = 3;

/** Asked every minute or so; sends the check as a job, once a night on one instance. */
export function createStockNight({ database, queue }: Pick<MealsParts, 'database' | 'queue'>): () => Promise<void> {
  return () =>
    database.transaction(async (sql) => {
      if (await claimStockNight(sql, HOUR)) await queue.send(sql, [{ queue: queues.stockCheck, data: {} }]);
    });
}

/** One alert a machine and day. Nothing is corrected by itself: a count does that. */
export function createStockCheckHandler(
  parts: Pick<MealsParts, 'database' | 'queue' | 'notifier' | 'log'>,
): JobHandler {
  return async () => {
    const { database, queue, notifier, log } = parts;
    let differences = 0;
    for (const machineId of await findStockedMachines(database)) {
      const found = await compareStock(database, machineId);
      if (found.length === 0) continue;
      differences += found.length;
      const alert = notifier.raise({
        cause: 'stock_mismatch',
        severity: 'warning',
        occurrence: `stock:${machineId}:${new Date().toISOString().slice(0, 10)}`,
        machineId,
        transactionId: null,
        customerId: null,
        message: found.slice(0, 20).map(sentenceOf).join(' '),
        vendorMessage: null,
      });
      await queue.send(database, [alert]);
    }
    log.info(`The stock was checked: ${differences} differences.`);
  };
}

function sentenceOf({ sku, quantity, moved, standing }: StockDifference): string {
  if (quantity !== moved) return `The movements of ${sku} sum to ${moved}, and ${quantity} are in stock.`;
  return `${standing} meals of ${sku} stand here, and ${quantity} are in stock.`;
}
