/**
 * The queue for everything that happens after the fact, on pg-boss: jobs are rows, sent in the transaction that causes
 * them. Never used for the door: opening is not retried.
 */
import PgBoss from 'pg-boss';
import type { Job } from '../jobs';
import { ownTypes, type Sql } from '../sql';
import { createClaims } from './claims';
import { startWorker, type Worker } from './worker';

export interface QueueOptions {
  /** How often a failed job is tried again, in all. */
  readonly retryLimit: number;
  /** First wait in seconds; doubled each time. */
  readonly retryDelaySeconds: number;
  /**
   * A batch of ten jobs that takes longer is taken for dead, and what is left of it is given out again. When the process
   * itself is gone that takes some 20 s, whatever is said here.
   */
  readonly expireSeconds: number;
  /** Jobs that one instance runs at the same time; one after the other where absent. */
  readonly atOnce?: number;
  /** The queue a job goes to that failed for the last time. It must be named with {@link Queue.handle} before. */
  readonly deadLetter?: string;
}

export type JobHandler = (job: { readonly id: string; readonly data: Record<string, unknown> }) => Promise<void>;

export interface Queue {
  /** Names a queue and its handler. Called while the rooms are set up; handlers run from {@link Queue.start} on. */
  handle(name: string, options: QueueOptions, handler: JobHandler): void;
  /** Names queues that other processes handle: this one only sends to them. */
  declare(names: readonly string[]): void;
  /**
   * Sends jobs through `sql`: inside a transaction they exist exactly when it commits.
   * @throws {UnknownQueue} before anything is sent, for a queue that nobody named: pg-boss would drop its jobs in silence.
   */
  send(sql: Sql, jobs: readonly Job[]): Promise<void>;
  /** Makes the tables and the queues. Must have run before the first {@link Queue.send}. */
  prepare(): Promise<void>;
  start(): void;
  /** Finishes the jobs at hand. */
  stop(): Promise<void>;
  /** Jobs not yet done, by queue. */
  depths(sql: Sql): Promise<Record<string, number>>;
}

/** A job for a queue that was not named: a mistake in the code, found before its job is lost. */
export class UnknownQueue extends Error {
  readonly code = 'unknown_queue';

  constructor(name: string) {
    super(`There is no queue "${name}": it was neither handled nor declared.`);
    this.name = 'UnknownQueue';
  }
}

export function createQueue(databaseUrl: string, warn: (message: string) => void): Queue {
  const options = {
    connectionString: databaseUrl,
    max: 3,
    // pg-boss hands what it does not know on to its `pg` pool.
    types: ownTypes(),
    schema: 'pgboss',
    application_name: 'larder-queue',
    archiveCompletedAfterSeconds: 3600,
    deleteAfterDays: 14,
  };
  const boss = new PgBoss(options);
  boss.on('error', (error) => warn(`Queue: ${error.message}`));
  const registered = new Map<string, { options: QueueOptions; handler: JobHandler }>();
  const declared = new Set<string>();
  const workers = new Map<string, Worker>();
  const claims = createClaims((text, values) => boss.getDb().executeSql(text, values), warn);

  return {
    handle(name, options, handler) {
      registered.set(name, { options, handler });
    },
    declare(names) {
      for (const name of names) declared.add(name);
    },
    async send(sql, jobs) {
      if (jobs.length === 0) return;
      for (const { queue } of jobs) if (!registered.has(queue) && !declared.has(queue)) throw new UnknownQueue(queue);
      const rows = jobs.map(({ queue, data, singletonKey, delaySeconds }) => ({
        name: queue,
        data,
        ...(singletonKey !== undefined && { singletonKey }),
        // pg-boss reads a text without a closing "Z" as an interval; a bare number is in seconds.
        ...(delaySeconds !== undefined && { startAfter: String(delaySeconds) }),
      }));
      const executeSql = async (text: string, values: unknown[]) => ({ rows: await sql.rows(text, values) });
      await boss.insert(rows, { db: { executeSql } });
      const due = new Set(jobs.flatMap(({ queue, delaySeconds }) => (delaySeconds ? [] : [queue])));
      // The jobs are there for their workers from the commit on; other instances find them at their next poll.
      const wake = () => due.forEach((queue) => workers.get(queue)?.wake());
      if (sql.afterCommit) sql.afterCommit(wake);
      else wake();
    },
    async prepare() {
      await boss.start();
      for (const [name, { options }] of registered) {
        const settings = {
          name,
          retryLimit: options.retryLimit,
          retryDelay: options.retryDelaySeconds,
          retryBackoff: true,
          expireInSeconds: options.expireSeconds,
          ...(options.deadLetter !== undefined && { deadLetter: options.deadLetter }),
        };
        await boss.createQueue(name, settings);
        await boss.updateQueue(name, settings);
      }
    },
    start() {
      claims.start();
      for (const [queue, { handler, options }] of registered) {
        if (workers.has(queue)) continue;
        const { expireSeconds, atOnce = 1 } = options;
        workers.set(queue, startWorker({ boss, claims, queue, expireSeconds, atOnce, handler, warn }));
      }
    },
    async stop() {
      await Promise.all([...workers.values()].map((worker) => worker.stop()));
      workers.clear();
      claims.stop();
      await boss.stop({ graceful: false, wait: true });
    },
    async depths(sql) {
      const rows = await sql.rows<{ name: string; depth: number }>({
        name: 'queue.depths',
        text: `select name, count(*)::int as depth from pgboss.job where state < 'completed' group by name`,
      });
      return Object.fromEntries(rows.map(({ name, depth }) => [name, depth]));
    },
  };
}
