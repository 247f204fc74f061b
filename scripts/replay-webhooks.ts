/**
 * Sends webhook deliveries again: `npm run webhooks:replay -- --all` (all that failed) or `-- --id ID` (one, also one
 * that arrived). It puts them back into the queue of the database that DATABASE_URL names, else of the development
 * database; a running Larder sends them, with their first text and id.
 */
import path from 'node:path';
import { parseArgs } from 'node:util';
import { config } from 'dotenv';
import { queues } from '../src/plugins/alerts/server/src/core/queues';
import { replayWebhooks } from '../src/plugins/alerts/server/src/core/webhooks/replay';
import { createQueue } from '../src/shared/queue';
import { openDatabase } from '../src/shared/sql';

const USAGE = 'Usage: npm run webhooks:replay -- --all | --id ID';

async function main(): Promise<void> {
  config({ path: process.env.ENV_PATH, quiet: true });
  const { values } = parseArgs({ options: { all: { type: 'boolean' }, id: { type: 'string' } } });
  if ((values.all === true) === (values.id !== undefined)) throw new Error(USAGE);
  const given = process.env.DATABASE_URL?.trim();
  const embedded = given ? undefined : await developmentDatabase();
  const url = given || embedded?.url;
  if (!url) throw new Error('DATABASE_URL is missing: it names the database whose deliveries are sent again.');
  const database = openDatabase({ url, maxConnections: 1 });
  try {
    const queue = createQueue(url, console.warn);
    queue.declare([queues.webhook]);
    const ids = await replayWebhooks(database, queue, values.id ?? null);
    console.log(ids.length === 0 ? 'Nothing to send again.' : `To be sent again (${ids.length}):\n${ids.join('\n')}`);
    if (values.id !== undefined && ids.length === 0) process.exitCode = 1;
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

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
});
