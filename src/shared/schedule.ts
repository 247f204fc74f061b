import { schedule, type ScheduledTask } from 'node-cron';
import { isPassing, type Database } from './sql';

export interface Schedule {
  /** Runs `work` every so many seconds on one instance at a time, and never on top of itself. */
  every(seconds: number, name: string, work: () => Promise<void>): void;
  start(): void;
  stop(): Promise<void>;
}

interface Entry {
  readonly seconds: number;
  readonly name: string;
  readonly work: () => Promise<void>;
}

/** The sweeps. Each holds a PostgreSQL advisory lock while it runs, so that of many instances one does the work. */
export function createSchedule(database: Database, warn: (message: string) => void): Schedule {
  const entries: Entry[] = [];
  const running = new Set<Promise<void>>();
  let tasks: ScheduledTask[] = [];

  const runLocked = ({ name, work }: Entry) =>
    database.transaction(async (sql) => {
      const [lock] = await sql.rows<{ taken: boolean }>(
        {
          name: 'schedule.lock',
          text: `select pg_try_advisory_xact_lock(hashtextextended('larder.' || $1, 0)) as taken`,
        },
        [name],
      );
      if (lock?.taken) await work();
    });

  return {
    every(seconds, name, work) {
      entries.push({ seconds, name, work });
    },
    start() {
      tasks = entries.map((entry) => {
        let isBusy = false;
        return schedule(`*/${entry.seconds} * * * * *`, () => {
          if (isBusy) return;
          isBusy = true;
          const run = runLocked(entry)
            .catch((error: Error) => {
              if (!isPassing(error)) warn(`Sweep ${entry.name}: ${error.stack ?? error.message}`);
            })
            .finally(() => {
              isBusy = false;
              running.delete(run);
            });
          running.add(run);
        });
      });
    },
    async stop() {
      await Promise.all(tasks.map(async (task) => task.destroy()));
      tasks = [];
      await Promise.all(running);
    },
  };
}
