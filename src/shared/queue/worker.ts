import type PgBoss from 'pg-boss';
import { isPassing } from '../sql';
import type { Claims } from './claims';
import type { JobHandler } from './queue';

const POLL_MS = 1000;
const BATCH = 10;
/** Taken at a time for each job that may run at once: the last of them hold up the rest the less, the more they are. */
const BATCH_A_TURN = 4;

/** A loop that takes jobs of one queue and runs them, one after the other or a few at a time. */
export interface Worker {
  /** Looks for jobs at once rather than at the next poll. */
  wake(): void;
  /** Finishes the job at hand, gives back what it had not begun, and ends. */
  stop(): Promise<void>;
}

export interface WorkerParts {
  readonly boss: PgBoss;
  readonly claims: Claims;
  readonly queue: string;
  /** See `QueueOptions`. */
  readonly expireSeconds: number;
  readonly atOnce: number;
  readonly handler: JobHandler;
  warn(message: string): void;
}

/**
 * Starts a worker. pg-boss has its own, but does not wait for its "done" to be written: with the database away that
 * rejects unhandled and ends the process. Here a job whose end could not be written is given out again when its claim lapses.
 */
export function startWorker({ boss, claims, queue, expireSeconds, atOnce, handler, warn }: WorkerParts): Worker {
  const batchSize = Math.max(BATCH, BATCH_A_TURN * atOnce);
  let isStopped = false;
  /** Whether a job may have come since the last look: while that look, or what it found, was under way, nobody waits to be woken. */
  let isWoken = false;
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

  const runAll = async (jobs: readonly PgBoss.Job<unknown>[]) => {
    const ids = jobs.map(({ id }) => id);
    claims.hold(queue, ids, expireSeconds);
    const runInTurn = async () => {
      for (;;) {
        const job = jobs[jobs.length - ids.length];
        if (!job || isStopped || !claims.isHeld(job.id)) return;
        ids.shift();
        await runOne(job).finally(() => claims.drop(job.id));
      }
    };
    try {
      const turns = await Promise.allSettled(Array.from({ length: atOnce }, runInTurn));
      for (const turn of turns) if (turn.status === 'rejected') throw turn.reason;
    } finally {
      await claims.giveBack(
        queue,
        ids.filter((id) => claims.isHeld(id)),
      );
      for (const id of ids) claims.drop(id); // not ours any more: somebody else is at them
    }
  };

  const loop = async () => {
    while (!isStopped) {
      let found: number;
      isWoken = false;
      try {
        const jobs = await boss.fetch(queue, { batchSize });
        found = jobs.length;
        await runAll(jobs);
      } catch (error) {
        if (!isPassing(error)) warn(`Queue ${queue}: ${(error as Error).message}`);
        found = 0;
      }
      if (found < batchSize && !isWoken && !isStopped) await pause();
    }
  };
  const ended = loop();

  return {
    wake() {
      isWoken = true;
      wakeUp?.();
    },
    async stop() {
      isStopped = true;
      wakeUp?.();
      await ended;
    },
  };
}
