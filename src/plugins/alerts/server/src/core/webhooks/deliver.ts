import { z } from 'zod';
import type { Job } from '../../../../../../shared/jobs';
import type { JobHandler, Queue } from '../../../../../../shared/queue';
import type { Database } from '../../../../../../shared/sql';
import { notifier } from '../notifier';
import { queues } from '../queues';
import { failDelivery, keepDelivery, readDelivery, recordTry, type Delivery } from './deliveries';
import { finishedStates, readPurchase, type FinishedState } from './purchase';
import type { SendWebhook } from './send';

const aboutPurchase = z.object({
  deliveryId: z.string(),
  transactionId: z.string(),
  state: z.enum(finishedStates),
});
const aboutNews = z.object({
  deliveryId: z.string(),
  transactionId: z.string().nullable(),
  type: z.string(),
  data: z.record(z.string(), z.unknown()),
});
/** A delivery that is kept already: see replay.ts. */
const again = z.object({ deliveryId: z.string(), transactionId: z.string().nullable() });
const jobSchema = z.union([aboutNews, aboutPurchase, again]);

type DeliveryJob = z.infer<typeof jobSchema>;

/**
 * The job that tells the webhook's target about a finished purchase. The id is made of the purchase and how it finished:
 * whoever receives one id twice (a try whose answer was lost, a replay) may drop the second.
 */
export function deliveryJob(transactionId: string, state: FinishedState): Job {
  const data: z.infer<typeof aboutPurchase> = { deliveryId: `${transactionId}-${state}`, transactionId, state };
  return { queue: queues.webhook, data, singletonKey: data.deliveryId };
}

/** Handles `alerts.webhook`: one try. Throws where it failed, for the queue to try again. */
export function createDeliverer(database: Database, send: SendWebhook | null): JobHandler {
  return async ({ data }) => {
    const job = jobSchema.parse(data);
    const delivery = (await readDelivery(database, job.deliveryId)) ?? (await prepare(database, job));
    if (delivery.state === 'delivered') return;
    const outcome = send
      ? await send(delivery.body)
      : ({ kind: 'unreachable', reason: 'no webhook is set up' } as const);
    await recordTry(database, delivery.id, outcome.kind === 'accepted' ? null : outcome.reason);
    if (outcome.kind !== 'accepted') throw new Error(`Webhook ${delivery.id}: ${outcome.reason}`);
  };
}

/** Sends a delivery once more that is kept, with its first text. */
export function deliverAgainJob(deliveryId: string, transactionId: string | null): Job {
  const data: z.infer<typeof again> = { deliveryId, transactionId };
  return { queue: queues.webhook, data, singletonKey: deliveryId };
}

/** Writes down what is sent before it is sent, so that every later try says the same. */
async function prepare(database: Database, job: DeliveryJob): Promise<Delivery> {
  const { deliveryId: id, transactionId } = job;
  const { type, data } = await tellingOf(database, job);
  const body = JSON.stringify({ id, type, createdAt: new Date().toISOString(), data });
  const delivery = await keepDelivery(database, { id, transactionId, type, body });
  if (!delivery) throw new Error(`The delivery ${id} was not kept`);
  return delivery;
}

async function tellingOf(database: Database, job: DeliveryJob): Promise<{ type: string; data: object }> {
  if ('type' in job) return { type: job.type, data: job.data };
  if (!('state' in job)) throw new Error(`The delivery ${job.deliveryId} is not kept`);
  const purchase = await readPurchase(database, job.transactionId, job.state);
  if (!purchase) throw new Error(`There is no purchase ${job.transactionId}`);
  return { type: `purchase.${job.state}`, data: purchase };
}

/** Handles `alerts.webhook.dead`: the delivery is kept for a replay, and an incident says so. */
export function createDeadDeliveryHandler(database: Database, queue: Queue): JobHandler {
  return async ({ id: jobId, data }) => {
    const { deliveryId, transactionId } = jobSchema.parse(data);
    await database.transaction(async (sql) => {
      if ((await readDelivery(sql, deliveryId))?.state === 'delivered') return;
      const lastError = await failDelivery(sql, deliveryId);
      const alert = notifier.raise({
        cause: 'webhook_failed',
        severity: 'warning',
        // A replay that fails as well is news; the same end told twice is not.
        occurrence: `${deliveryId}:${jobId}`,
        machineId: null,
        transactionId,
        customerId: null,
        message: `The webhook ${deliveryId} was given up.`,
        vendorMessage: lastError,
      });
      await queue.send(sql, [alert]);
    });
  };
}
