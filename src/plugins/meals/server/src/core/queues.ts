import type { QueueOptions } from '../../../../../shared/queue';

/** The queues of the meals room. */
export const queues = {
  allocate: 'meals.allocate',
  allocateDead: 'meals.allocate-dead',
  checkEmpty: 'meals.check-empty',
} as const;

/** A purchase's money waits for this job: it gives up early, and the money goes on without it. */
export const ALLOCATE_OPTIONS: QueueOptions = {
  retryLimit: 3,
  retryDelaySeconds: 1,
  expireSeconds: 60,
  atOnce: 8,
  deadLetter: queues.allocateDead,
};

export const QUEUE_OPTIONS: QueueOptions = { retryLimit: 20, retryDelaySeconds: 2, expireSeconds: 60 };
