import type { Queue } from '../../../../../../shared/queue';
import type { Database } from '../../../../../../shared/sql';
import { deliverAgainJob } from './deliver';

const TAKE = {
  name: 'alerts.webhook.replay',
  text: `
    update larder.webhook_deliveries set state = 'pending', updated_at = now()
    where case when $1::text is null then state = 'failed' else id = $1 end
    returning id, transaction_id as "transactionId"`,
};

/**
 * Sends deliveries again, with their first text and id: the one named (whatever became of it), or all that failed where
 * `id` is null. @returns the ids, oldest promise first kept by the queue.
 */
export async function replayWebhooks(database: Database, queue: Queue, id: string | null): Promise<string[]> {
  return database.transaction(async (sql) => {
    const taken = await sql.rows<{ id: string; transactionId: string | null }>(TAKE, [id]);
    await queue.send(
      sql,
      taken.map((delivery) => deliverAgainJob(delivery.id, delivery.transactionId)),
    );
    return taken.map((delivery) => delivery.id);
  });
}
