import { schedule, type ScheduledTask } from 'node-cron';
import { isPassing, type Locks } from './sql';

export interface Schedule {
  /**
   * Runs `work` every so many seconds on one instance at a time, and never on top of itself.
   * @param seconds see {@link cronOf}.
   */
  every(seconds: number, name: string, work: () => Promise<void>): void;
  start(): void;
  stop(): Promise<void>;
}

interface Entry {
  readonly seconds: number;
  readonly name: string;
  readonly work: () => Promise<void>;
}

/** The sweeps. Each holds a lock while it runs, so that of many instances one does the work. */
export function createSchedule(locks: Locks, warn: (message: string) => void): Schedule {
  const entries: Entry[] = [];
  const running = new Set<Promise<unknown>>();
  let tasks: ScheduledTask[] = [];

  return {
    every(seconds, name, work) {
      entries.push({ seconds, name, work });
    },
    start() {
      tasks = entries.map(({ seconds, name, work }) =>
        schedule(cronOf(seconds), () => {
          const run = locks
            .ifFree(name, work)
            .catch((error: Error) => {
              if (!isPassing(error)) warn(`Sweep ${name}: ${error.stack ?? error.message}`);
            })
            .finally(() => running.delete(run));
          running.add(run);
        }),
      );
    },
    async stop() {
      await Promise.all(tasks.map(async (task) => task.destroy()));
      tasks = [];
      await Promise.all(running);
    },
  };
}

/**
 * @param seconds below a minute, counted from each full minute (45: at 0 and at 45); or whole minutes that an hour can be
 * divided into, counted from each full hour.
 * @throws {RangeError} for anything else: cron would run it at other times than it says.
 */
export function cronOf(seconds: number): string {
  if (Number.isInteger(seconds) && seconds > 0 && seconds < 60) return `*/${seconds} * * * * *`;
  const minutes = seconds / 60;
  if (!Number.isInteger(minutes) || minutes < 1 || 60 % minutes !== 0) {
    throw new RangeError(`Nothing can be done every ${seconds} seconds.`);
  }
  return minutes === 60 ? '0 0 * * * *' : `0 */${minutes} * * * *`;
}
