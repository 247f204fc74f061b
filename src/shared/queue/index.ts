export { createQueue } from './queue';
export type { JobHandler, Queue, QueueOptions } from './queue';
