import type PgBoss from 'pg-boss';
import { isPassing } from '../sql';
import type { JobHandler } from './queue';

const POLL_MS = 1000;
const BATCH = 10;

/** A loop that takes jobs of one queue and runs them, one after the other. */
export interface Worker {
  /** Looks for jobs at once rather than at the next poll. */
  wake(): void;
  /** Finishes the job at hand and ends. */
  stop(): Promise<void>;
}

/**
 * Starts a worker. pg-boss has its own, but does not wait for its "done" to be written: with the database away that
 * rejects unhandled and ends the process. Here a job whose end could not be written is given out again after its expiry.
 */
export function startWorker(boss: PgBoss, queue: string, handler: JobHandler, warn: (message: string) => void): Worker {
  let isStopped = false;
  let wakeUp: (() => void) | undefined;

  const pause = () =>
    new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, POLL_MS);
      wakeUp = () => {
        clearTimeout(timer);
        resolve();
      };
    });

  const runOne = async (job: PgBoss.Job<unknown>) => {
    try {
      await handler({ id: job.id, data: (job.data ?? {}) as Record<string, unknown> });
    } catch (error) {
      warn(`Job ${queue}/${job.id} failed and is tried again: ${(error as Error).message}`);
      await boss.fail(queue, job.id, { message: (error as Error).message });
      return;
    }
    await boss.complete(queue, job.id);
  };

  const loop = async () => {
    while (!isStopped) {
      let found: number;
      try {
        const jobs = await boss.fetch(queue, { batchSize: BATCH });
        found = jobs.length;
        for (const job of jobs) if (!isStopped) await runOne(job);
      } catch (error) {
        if (!isPassing(error)) warn(`Queue ${queue}: ${(error as Error).message}`);
        found = 0;
      }
      if (found < BATCH && !isStopped) await pause();
    }
  };
  const ended = loop();

  return {
    wake: () => wakeUp?.(),
    async stop() {
      isStopped = true;
      wakeUp?.();
      await ended;
    },
  };
}
