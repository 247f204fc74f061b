/**
 * Acts on stored events of Stripe again: named ones, all that failed, or all since a day. It puts them back into the queue
 * of the database that DATABASE_URL names, else of the development database; a running Larder does the work.
 */
import path from 'node:path';
import { parseArgs } from 'node:util';
import { config } from 'dotenv';
import { queues } from '../src/plugins/billing/server/src/core/queues';
import { replayEvents, type Replay } from '../src/plugins/billing/server/src/webhooks/replay';
import { createQueue } from '../src/shared/queue';
import { openDatabase } from '../src/shared/sql';

const USAGE = `Usage: npm run stripe:replay -- evt_… [evt_… …]   these events, whatever became of them
       npm run stripe:replay -- --failed           all that failed
       npm run stripe:replay -- --since 2026-11-20  all received since then (a date, or a time with its zone)`;

async function main(): Promise<void> {
  config({ path: process.env.ENV_PATH, quiet: true });
  const which = readArguments();
  if (which === 'help') return console.log(USAGE);
  const given = process.env.DATABASE_URL?.trim();
  const embedded = given ? undefined : await developmentDatabase();
  const url = given || embedded?.url;
  if (!url) throw new Error('DATABASE_URL is missing: it names the database whose events are acted on again.');
  const database = openDatabase({ url, maxConnections: 1 });
  try {
    const queue = createQueue(url, console.warn);
    queue.declare([queues.event]);
    const ids = await replayEvents(database, queue, which);
    console.log(ids.length === 0 ? 'Nothing to act on again.' : `Queued again: ${ids.length}\n${ids.join('\n')}`);
    const missing = which.kind === 'named' ? which.ids.filter((id) => !ids.includes(id)) : [];
    if (missing.length > 0) throw new Error(`There is no such event: ${missing.join(', ')}`);
  } finally {
    await database.close();
    await embedded?.stop();
  }
}

function readArguments(): Replay | 'help' {
  const { values, positionals: ids } = parseArgs({
    allowPositionals: true,
    options: { failed: { type: 'boolean' }, since: { type: 'string' }, help: { type: 'boolean', short: 'h' } },
  });
  if (values.help) return 'help';
  const { failed = false, since } = values;
  if (Number(failed) + Number(since !== undefined) + Number(ids.length > 0) !== 1) throw new Error(USAGE);
  if (ids.length > 0) return { kind: 'named', ids };
  if (since === undefined) return { kind: 'failed' };
  if (!/^\d{4}-\d{2}-\d{2}(T.*(Z|[+-]\d{2}:\d{2}))?$/.test(since) || Number.isNaN(Date.parse(since))) {
    throw new Error(`--since ${since} is neither a date nor a time with its zone.\n${USAGE}`);
  }
  return { kind: 'since', from: new Date(since) };
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
