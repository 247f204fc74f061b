/**
 * A piece of work to do after the fact, sent in the SQL transaction that causes it. Handlers may run twice.
 * The queue is made by the room that handles it.
 */
export interface Job {
  readonly queue: string;
  readonly data: Readonly<Record<string, unknown>>;
  /** At most one unfinished job with this key in its queue: a second one is dropped. */
  readonly singletonKey?: string;
  /** Seconds from now before it may run. */
  readonly delaySeconds?: number;
}
