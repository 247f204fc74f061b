/** A purchase ended with nothing taken, says the fridge's list: is that what its device saw? */
import { z } from 'zod';
import type { Job } from '../../../../../shared/jobs';
import type { JobHandler } from '../../../../../shared/queue';
import type { MealsParts } from '../core/parts';
import { queues } from '../core/queues';
import { findWitness } from './witness';

const jobData = z.object({ transactionId: z.string() });

export function checkEmptyJob(transactionId: string): Job {
  return { queue: queues.checkEmpty, data: { transactionId }, singletonKey: transactionId };
}

/** Nothing is charged for what is not on the list; a person is told. What the device says later is late. */
export function createCheckEmptyHandler(parts: Pick<MealsParts, 'database' | 'queue' | 'notifier'>): JobHandler {
  return async ({ data }) => {
    const { transactionId } = jobData.parse(data);
    await parts.database.transaction(async (sql) => {
      const [purchase] = await sql.rows<{ machineId: string; customerId: string | null }>(
        {
          name: 'meals.claim-empty',
          text: `
with claimed as (
  insert into larder.allocations (transaction_id) select document_id from transactions where document_id = $1 and state = 'empty'
  on conflict do nothing returning transaction_id
)
select m.document_id as "machineId", u.customer_id as "customerId"
from claimed c join transactions t on t.document_id = c.transaction_id
join transactions_machine_lnk tm on tm.transaction_id = t.id join machines m on m.id = tm.machine_id
left join transactions_user_lnk tu on tu.transaction_id = t.id left join up_users u on u.id = tu.user_id`,
        },
        [transactionId],
      );
      if (!purchase) return;
      const { taken } = await findWitness(sql, transactionId, purchase.machineId);
      if (taken.size === 0) return;
      const alert = parts.notifier.raise({
        cause: 'stock_mismatch',
        severity: 'warning',
        occurrence: `${transactionId}:stock_mismatch`,
        ...purchase,
        transactionId,
        message: `The fridge's list says that nothing was taken, its device saw these taken: ${[...taken].join(', ')}. Nothing is charged.`,
        vendorMessage: null,
      });
      await parts.queue.send(sql, [alert]);
    });
  };
}
