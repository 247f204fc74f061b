/** The jobs of stored events. */
import { z } from 'zod';
import type { JobHandler, QueueOptions } from '../../../../../shared/queue';
import type { BillingParts } from '../core/parts';
import { QUEUE_OPTIONS, queues } from '../core/queues';
import { applyEvent } from './apply';
import { closeEvent, failEvent, findOpenEvent, noteFailure } from './stored-events';

const jobData = z.object({ eventId: z.string() });

/** Nothing sends the job of an event again by itself. All waits together: 1.5 × 2 s × (2^12 − 1), more than three hours. */
export const EVENT_QUEUE_OPTIONS: QueueOptions = {
  ...QUEUE_OPTIONS,
  retryLimit: 12,
  retryDelaySeconds: 2,
  deadLetter: queues.eventDead,
};

/** Acts on a stored event, once. */
export function createEventHandler(parts: BillingParts): JobHandler {
  return async ({ data }) => {
    const { eventId } = jobData.parse(data);
    const event = await findOpenEvent(parts.database, eventId);
    if (!event) return;
    try {
      const isOurs = await applyEvent(event, parts);
      await closeEvent(parts.database, eventId, isOurs ? 'done' : 'ignored');
    } catch (error) {
      await noteFailure(parts.database, eventId, (error as Error).message);
      throw error;
    }
  };
}

/** Handles what failed for the last time: the panel shows it, and somebody is told. */
export function createDeadEventHandler({ database, queue, notifier }: BillingParts): JobHandler {
  return async ({ id, data }) => {
    const { eventId } = jobData.parse(data);
    await database.transaction(async (sql) => {
      const failed = await failEvent(sql, eventId);
      if (!failed) return;
      const alert = notifier.raise({
        cause: 'stripe_event_failed',
        severity: 'warning',
        occurrence: `${eventId}:${id}`,
        machineId: null,
        transactionId: null,
        customerId: null,
        message: `The Stripe event ${eventId} (${failed.type}) could not be processed: ${failed.error ?? 'no reason is known'}`,
        vendorMessage: null,
      });
      await queue.send(sql, [alert]);
    });
  };
}
