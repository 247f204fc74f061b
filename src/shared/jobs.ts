/**
 * A piece of work to do after the fact, sent in the SQL transaction that causes it. Handlers may run twice.
 * The queue is made by the room that handles it.
 */
export interface Job {
  readonly queue: string;
  readonly data: Readonly<Record<string, unknown>>;
  /** Names the job in its queue, for whoever looks whether one like it still waits. It does not keep a second one out. */
  readonly singletonKey?: string;
  /** Seconds from now before it may run. */
  readonly delaySeconds?: number;
}
