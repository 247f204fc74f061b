/**
 * Sends webhook deliveries again: `npm run webhooks:replay -- --all` (all that failed) or `-- --id ID` (one, also one
 * that arrived). It puts them back into the queue of the database that DATABASE_URL names, else of the development
 * database; a running Larder sends them, with their first text and id.
 */
import { parseArgs } from 'node:util';
import { queues } from '../src/plugins/alerts/server/src/core/queues';
import { replayWebhooks } from '../src/plugins/alerts/server/src/core/webhooks/replay';
import { run, withDatabase } from './command';

const USAGE = 'Usage: npm run webhooks:replay -- --all | --id ID';

async function main(): Promise<void> {
  const { values } = parseArgs({ options: { all: { type: 'boolean' }, id: { type: 'string' } } });
  if ((values.all === true) === (values.id !== undefined)) throw new Error(USAGE);
  await withDatabase({ purpose: 'deliveries are sent again', queues: [queues.webhook] }, async (database, queue) => {
    const ids = await replayWebhooks(database, queue, values.id ?? null);
    console.log(ids.length === 0 ? 'Nothing to send again.' : `To be sent again (${ids.length}):\n${ids.join('\n')}`);
    if (values.id !== undefined && ids.length === 0) process.exitCode = 1;
  });
}

run(main);
