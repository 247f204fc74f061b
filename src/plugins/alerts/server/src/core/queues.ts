/** The room's queues and how each of them tries again. */
import type { QueueOptions } from '../../../../../shared/queue';

export const queues = {
  raise: 'alerts.raise',
  resolve: 'alerts.resolve',
  post: 'alerts.post',
  postDead: 'alerts.post.dead',
  webhook: 'alerts.webhook',
  webhookDead: 'alerts.webhook.dead',
} as const;

export interface Retries {
  readonly limit: number;
  /** First wait, doubled each time. */
  readonly delaySeconds: number;
}

/*
 * The n-th wait of the queue is delay × 2^n × (1 to 2, at random), n from 0: all waits together are on average
 * 1.5 × delay × (2^limit − 1) seconds.
 */

/** Slack: 1.5 × 5 s × (2^11 − 1) = 15,353 s, a little over four hours. Later than that, news is no longer news. */
export const SLACK_RETRIES: Retries = { limit: 11, delaySeconds: 5 };

/** Webhooks: 1.5 × 15 s × (2^12 − 1) = 92,138 s, 25.6 hours on average (17 at the least, 34 at the most). */
export const WEBHOOK_RETRIES: Retries = { limit: 12, delaySeconds: 15 };

/** Only the database is in the way of these: 1.5 × 2 s × (2^14 − 1) = 13.7 hours. */
const DATABASE_RETRIES: Retries = { limit: 14, delaySeconds: 2 };

/** A worker takes ten jobs at once and runs them one by one, each for up to ten seconds: a job may wait that long. */
const EXPIRE_SECONDS = 300;

export function queueOptions(retries: Retries = DATABASE_RETRIES, deadLetter?: string): QueueOptions {
  return {
    retryLimit: retries.limit,
    retryDelaySeconds: retries.delaySeconds,
    expireSeconds: EXPIRE_SECONDS,
    ...(deadLetter !== undefined && { deadLetter }),
  };
}
