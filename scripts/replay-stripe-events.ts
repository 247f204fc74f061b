/**
 * Acts on stored events of Stripe again: named ones, all that failed, or all since a day. It puts them back into the queue
 * of the database that DATABASE_URL names, else of the development database; a running Larder does the work.
 */
import { parseArgs } from 'node:util';
import { queues } from '../src/plugins/billing/server/src/core/queues';
import { replayEvents, type Replay } from '../src/plugins/billing/server/src/webhooks/replay';
import { run, withDatabase } from './command';

const USAGE = `Usage: npm run stripe:replay -- evt_… [evt_… …]   these events, whatever became of them
       npm run stripe:replay -- --failed           all that failed
       npm run stripe:replay -- --since 2026-11-20  all received since then (a date, or a time with its zone)`;

async function main(): Promise<void> {
  const which = readArguments();
  if (which === 'help') return console.log(USAGE);
  await withDatabase({ purpose: 'events are acted on again', queues: [queues.event] }, async (database, queue) => {
    const ids = await replayEvents(database, queue, which);
    console.log(ids.length === 0 ? 'Nothing to act on again.' : `Queued again: ${ids.length}\n${ids.join('\n')}`);
    const missing = which.kind === 'named' ? which.ids.filter((id) => !ids.includes(id)) : [];
    if (missing.length > 0) throw new Error(`There is no such event: ${missing.join(', ')}`);
  });
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

run(main);
