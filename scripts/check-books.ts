/**
 * Checks the books by hand: `npm run books:check`. Compares payments, purchases and the ledger of the database that
 * DATABASE_URL names (else of the development database) with each other and, where STRIPE_SECRET_KEY is set, with Stripe.
 * Prints the totals of each account and every difference; ends with 1 where there is one, or where it could not look.
 */
import path from 'node:path';
import { config } from 'dotenv';
import { notifier } from '../src/plugins/alerts/server/src/core/notifier';
import { queues } from '../src/plugins/alerts/server/src/core/queues';
import { checkBooks } from '../src/plugins/billing/server/src/books/check';
import { findTotals, reportText } from '../src/plugins/billing/server/src/books/totals';
import { createStripeLine } from '../src/plugins/billing/server/src/stripe/call';
import { createStripe } from '../src/plugins/billing/server/src/stripe/client';
import { createQueue } from '../src/shared/queue';
import { openDatabase } from '../src/shared/sql';

const TIMEOUT_MS = 20_000;
const STATEMENT_TIMEOUT_MS = 120_000;

async function main(): Promise<void> {
  config({ path: process.env.ENV_PATH, quiet: true });
  const given = process.env.DATABASE_URL?.trim();
  const embedded = given ? undefined : await developmentDatabase();
  const url = given || embedded?.url;
  if (!url) throw new Error('DATABASE_URL is missing: it names the database whose books are checked.');
  const database = openDatabase({ url, maxConnections: 2, statementTimeoutMs: STATEMENT_TIMEOUT_MS });
  try {
    const queue = createQueue(url, console.warn);
    queue.declare([queues.raise]);
    const report = await checkBooks({ database, queue, notifier, call: stripeCall() });
    console.log(reportText(report, await findTotals(database)));
    if (report.differences.length > 0) process.exitCode = 1;
  } finally {
    await database.close();
    await embedded?.stop();
  }
}

function stripeCall() {
  const secretKey = process.env.STRIPE_SECRET_KEY?.trim();
  if (!secretKey) return null;
  const apiBase = process.env.STRIPE_API_BASE?.trim() || null;
  return createStripeLine(createStripe({ secretKey, apiBase, timeoutMs: TIMEOUT_MS })).call;
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
