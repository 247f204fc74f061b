export { createQueue, UnknownQueue } from './queue';
export type { JobHandler, Queue, QueueOptions } from './queue';
