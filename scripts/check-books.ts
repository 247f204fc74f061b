/**
 * Checks the books by hand: `npm run books:check`. Compares payments, purchases and the ledger of the database that
 * DATABASE_URL names (else of the development database) with each other and, where STRIPE_SECRET_KEY is set, with Stripe.
 * Prints the totals of each account and every difference; ends with 1 where there is one, or where it could not look.
 */
import { notifier } from '../src/plugins/alerts/server/src/core/notifier';
import { queues } from '../src/plugins/alerts/server/src/core/queues';
import { checkBooks } from '../src/plugins/billing/server/src/books/check';
import { findTotals, reportText } from '../src/plugins/billing/server/src/books/totals';
import { createStripeLine } from '../src/plugins/billing/server/src/stripe/call';
import { createStripe } from '../src/plugins/billing/server/src/stripe/client';
import { run, withDatabase, type CommandOptions } from './command';

const TIMEOUT_MS = 20_000;
const STATEMENT_TIMEOUT_MS = 120_000;

const DATABASE: CommandOptions = {
  purpose: 'books are checked',
  queues: [queues.raise],
  maxConnections: 2,
  statementTimeoutMs: STATEMENT_TIMEOUT_MS,
};

const main = () =>
  withDatabase(DATABASE, async (database, queue) => {
    const report = await checkBooks({ database, queue, notifier, call: stripeCall() });
    console.log(reportText(report, await findTotals(database)));
    if (report.differences.length > 0) process.exitCode = 1;
  });

function stripeCall() {
  const secretKey = process.env.STRIPE_SECRET_KEY?.trim();
  if (!secretKey) return null;
  const apiBase = process.env.STRIPE_API_BASE?.trim() || null;
  return createStripeLine(createStripe({ secretKey, apiBase, timeoutMs: TIMEOUT_MS })).call;
}

run(main);
