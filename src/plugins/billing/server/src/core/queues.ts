/** The room's queues. The sweep sends a job again whose tries are used up, so none of these needs to try for days. */
import type { QueueOptions } from '../../../../../shared/queue';

export const queues = {
  /** The end of a purchase: capture or release. */
  settle: 'billing.settle',
  /** What a webhook told: fetch the object and apply it. */
  event: 'billing.stripe-event',
  eventDead: 'billing.stripe-event.dead',
  refund: 'billing.refund',
  /** The nightly check of the books. */
  books: 'billing.books',
} as const;

/** A handler makes a few calls to Stripe, each of some seconds at most. */
export const QUEUE_OPTIONS: QueueOptions = { retryLimit: 6, retryDelaySeconds: 1, expireSeconds: 120, atOnce: 8 };

/** The check reads a night's movements at Stripe. Where Stripe is away it is tried again for some hours. */
export const BOOKS_OPTIONS: QueueOptions = { retryLimit: 8, retryDelaySeconds: 60, expireSeconds: 3600 };
