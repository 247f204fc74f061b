/** What the commands share that an operator runs by hand on Larder's database. */
import path from 'node:path';
import { config } from 'dotenv';
import { createQueue, type Queue } from '../src/shared/queue';
import { openDatabase, type Database } from '../src/shared/sql';

export interface CommandOptions {
  /** What is done with the database that DATABASE_URL names: ends the sentence that asks for it. */
  readonly purpose: string;
  /** The queues it sends jobs to; a running Larder does them. */
  readonly queues: readonly string[];
  readonly maxConnections?: number;
  readonly statementTimeoutMs?: number;
}

/**
 * Works on the database that DATABASE_URL names, else on the development database, and closes it.
 * @throws in production without DATABASE_URL.
 */
export async function withDatabase(
  { purpose, queues, maxConnections = 1, ...options }: CommandOptions,
  work: (database: Database, queue: Queue) => Promise<void>,
): Promise<void> {
  config({ path: process.env.ENV_PATH, quiet: true });
  const given = process.env.DATABASE_URL?.trim();
  const embedded = given ? undefined : await developmentDatabase();
  const url = given || embedded?.url;
  if (!url) throw new Error(`DATABASE_URL is missing: it names the database whose ${purpose}.`);
  const database = openDatabase({ url, maxConnections, ...options });
  try {
    const queue = createQueue(url, console.warn);
    queue.declare(queues);
    await work(database, queue);
  } finally {
    await database.close();
    await embedded?.stop();
  }
}

/** The cluster in `.data`: joined where `npm run develop` runs it, started for the moment where not. */
async function developmentDatabase(): Promise<{ url: string; stop(): Promise<void> } | undefined> {
  if (process.env.NODE_ENV === 'production') return undefined;
  const { startCluster } = await import('./postgres/cluster');
  const cluster = await startCluster(path.join(process.cwd(), '.data', 'postgres'));
  return { url: cluster.url('larder'), stop: () => cluster.stop() };
}

/** Runs a command; what it throws is said in a line, and it ends with 1. */
export function run(main: () => Promise<void>): void {
  main().catch((error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
    process.exit(1);
  });
}
