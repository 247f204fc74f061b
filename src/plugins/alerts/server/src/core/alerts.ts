/** The alerts room, put together. It imports no Strapi: tests run it on a bare PostgreSQL. */
import type { Job } from '../../../../../shared/jobs';
import type { Queue } from '../../../../../shared/queue';
import type { Schedule } from '../../../../../shared/schedule';
import type { Database } from '../../../../../shared/sql';
import type { Notifier } from '../../../../purchases/server/src/ports/notifier';
import { createRaiseHandler, createResolveHandler, createSweep } from './incidents/handlers';
import { notifier } from './notifier';
import { SLACK_RETRIES, WEBHOOK_RETRIES, queueOptions, queues, type Retries } from './queues';
import type { Settings } from './settings';
import { createDeadPostHandler, createPoster } from './slack/post';
import { createSlackSender } from './slack/sender';
import { makeTables } from './tables';
import { createDeadDeliveryHandler, createDeliverer, deliveryJob } from './webhooks/deliver';
import { newsJob, type News } from './webhooks/news';
import type { FinishedState } from './webhooks/purchase';
import { createWebhookSender } from './webhooks/send';

export interface Alerts {
  readonly notifier: Notifier;
  /** The jobs that tell the outside that a purchase finished; none where no webhook is set up. Sent in its transaction. */
  finished(purchase: FinishedPurchase): readonly Job[];
  /** The jobs that tell the outside of something else; none where no webhook is set up. Sent in its transaction. */
  tell(news: News): readonly Job[];
  /** Makes the room's tables. Once a start, before the queue runs. */
  makeTables(): Promise<void>;
}

export interface FinishedPurchase {
  /** A `documentId`. */
  readonly transactionId: string;
  readonly state: FinishedState;
}

export interface AlertsParts {
  readonly database: Database;
  readonly queue: Queue;
  readonly schedule: Schedule;
  readonly settings: Settings;
  /** Where the panel is reached, for the links in messages. */
  readonly publicUrl: string;
  readonly slackRetries?: Retries;
  readonly webhookRetries?: Retries;
}

/** Names the room's queues, their handlers and its sweep, and answers what other rooms may call. */
export function createAlerts(parts: AlertsParts): Alerts {
  const {
    database,
    queue,
    schedule,
    settings,
    publicUrl,
    slackRetries = SLACK_RETRIES,
    webhookRetries = WEBHOOK_RETRIES,
  } = parts;
  const sender = settings.slack && createSlackSender(settings.slack);
  const send = settings.webhook && createWebhookSender({ ...settings.webhook, publicOnly: settings.production });

  queue.handle(queues.raise, queueOptions(), createRaiseHandler(parts));
  queue.handle(queues.resolve, queueOptions(), createResolveHandler(parts));
  // Dead letters first: a queue must exist before another may name it.
  queue.handle(queues.postDead, queueOptions(), createDeadPostHandler(database));
  queue.handle(
    queues.post,
    queueOptions(slackRetries, queues.postDead),
    createPoster({ database, queue, settings, publicUrl, sender }),
  );
  queue.handle(queues.webhookDead, queueOptions(), createDeadDeliveryHandler(database, queue));
  queue.handle(queues.webhook, queueOptions(webhookRetries, queues.webhookDead), createDeliverer(database, send));
  schedule.every(settings.sweepSeconds, 'alerts.sweep', createSweep(parts));

  return {
    notifier,
    finished: ({ transactionId, state }) => (settings.webhook ? [deliveryJob(transactionId, state)] : []),
    tell: (news) => (settings.webhook ? [newsJob(news)] : []),
    makeTables: () => makeTables(database),
  };
}
