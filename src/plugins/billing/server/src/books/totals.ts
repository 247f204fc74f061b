import type { Sql } from '../../../../../shared/sql';
import { toMajorText } from '../../../../../shared/money';
import { ACCOUNTS, type Account } from '../core/postings';
import { sentenceOf, type BooksReport } from './check';

/** What an account holds in one currency, in minor units. */
export interface AccountTotal {
  readonly account: Account;
  readonly currency: string;
  readonly amount: number;
}

/** Reads the whole ledger: for a report by hand. */
export async function findTotals(sql: Sql): Promise<AccountTotal[]> {
  const rows = await sql.rows<{ account: Account; currency: string; amount: string }>(
    `select account, currency, sum(amount) as amount from ledger_entries group by account, currency order by currency, account`,
  );
  return rows.map(({ account, currency, amount }) => ({ account, currency, amount: Number(amount) }));
}

/** The report as plain text. */
export function reportText({ differences, stripe }: BooksReport, totals: readonly AccountTotal[]): string {
  const width = Math.max(...ACCOUNTS.map(({ length }) => length));
  const lines = totals.map(
    ({ account, currency, amount }) =>
      `  ${account.padEnd(width)}  ${toMajorText(amount, currency).padStart(14)} ${currency}`,
  );
  return [
    'Ledger',
    ...(lines.length === 0 ? ['  nothing so far'] : lines),
    '',
    `Stripe: ${stripe.movements} movements looked at, ${stripe.fees} fees added`,
    '',
    differences.length === 0 ? 'The books agree.' : `Differences (${differences.length})`,
    ...differences.map((difference) => `  ${sentenceOf(difference)}`),
  ].join('\n');
}
