import type { QueueOptions } from '../../../../../shared/queue';

/** The queues of the meals room. */
export const queues = {
  allocate: 'meals.allocate',
  allocateDead: 'meals.allocate-dead',
  compensate: 'meals.compensate',
  compensateDead: 'meals.compensate-dead',
  checkEmpty: 'meals.check-empty',
  recall: 'meals.recall',
  stockCheck: 'meals.stock-check',
  exposed: 'meals.exposed',
} as const;

/**
 * A purchase's money waits for this job: after a minute of failures it gives up, and the money goes on without it. A process
 * that is killed with the job at hand counts as a failure, too.
 */
export const ALLOCATE_OPTIONS: QueueOptions = {
  retryLimit: 6,
  retryDelaySeconds: 1,
  expireSeconds: 60,
  atOnce: 8,
  deadLetter: queues.allocateDead,
};

/** A purchase may still have its charge before it; ten tries are an hour and a half. */
export const RECALL_OPTIONS: QueueOptions = { retryLimit: 10, retryDelaySeconds: 5, expireSeconds: 300 };

export const QUEUE_OPTIONS: QueueOptions = { retryLimit: 20, retryDelaySeconds: 2, expireSeconds: 60 };

/** Nobody hears of the theft before: after some minutes of failures it is told without a refund, and a person decides. */
export const COMPENSATE_OPTIONS: QueueOptions = {
  retryLimit: 6,
  retryDelaySeconds: 2,
  expireSeconds: 60,
  deadLetter: queues.compensateDead,
};
