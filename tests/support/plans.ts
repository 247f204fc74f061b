/** The statements that Strapi sends, and how PostgreSQL goes about them. */
import type { Core } from '@strapi/strapi';
import type { Sql } from '../../src/shared/sql';

export interface Statement {
  readonly sql: string;
  readonly bindings: readonly unknown[];
}

export interface Statements {
  /** The ones since the last {@link clear} that read a table which grows without end. */
  seen(): readonly Statement[];
  clear(): void;
}

const ENDLESS =
  /^select .*"(transactions|transaction_lines|events|payments|refunds|debts|checkouts|invoices|ledger_entries|stripe_events)"/s;

export function recordStatements(strapi: Core.Strapi): Statements {
  const seen: Statement[] = [];
  strapi.db.connection.on('query', ({ sql, bindings }: { sql: string; bindings?: unknown[] }) => {
    if (ENDLESS.test(sql)) seen.push({ sql, bindings: bindings ?? [] });
  });
  return { seen: () => [...seen], clear: () => seen.splice(0) };
}

/** A table that a statement read, how, and how many of its rows or index entries it looked at. */
export interface Reading {
  readonly table: string;
  readonly how: string;
  readonly rows: number;
}

interface Node {
  readonly 'Node Type': string;
  readonly 'Relation Name'?: string;
  readonly 'Actual Rows': number;
  readonly 'Actual Loops': number;
  readonly 'Rows Removed by Filter'?: number;
  readonly 'Rows Removed by Index Recheck'?: number;
  readonly Plans?: readonly Node[];
}

/** Runs the statement and answers what it read of each table. */
export async function readingsOf(sql: Sql, { sql: text, bindings }: Statement): Promise<Reading[]> {
  const [row] = await sql.rows<{ 'QUERY PLAN': readonly [{ Plan: Node }] }>(
    `explain (analyze, timing off, summary off, format json) ${text}`,
    [...bindings],
  );
  const readings = (node: Node): Reading[] => {
    const removed = (node['Rows Removed by Filter'] ?? 0) + (node['Rows Removed by Index Recheck'] ?? 0);
    const rows = (node['Actual Rows'] + removed) * node['Actual Loops'];
    const table = node['Relation Name'];
    const own = table === undefined ? [] : [{ table, how: node['Node Type'], rows }];
    return [...own, ...(node.Plans ?? []).flatMap(readings)];
  };
  return row ? readings(row['QUERY PLAN'][0].Plan) : [];
}

/** Enough rows for an index to be worth it, once `vacuum` has told the planner. */
export async function fillHistory(sql: Sql): Promise<void> {
  for (const statement of HISTORY) await sql.rows(statement);
}

export const PURCHASES = 20_000;
export const EVENTS = 3 * PURCHASES;

const HISTORY: readonly string[] = [
  `insert into machines (document_id, label, vendor_id, driver, sales_locked, created_at, updated_at, published_at)
   select 'machine-' || n, 'Fridge ' || n, 'F' || n, 'vendron', false, now(), now(), now() from generate_series(1, 100) n`,
  `insert into up_users (document_id, username, email, customer_id, created_at, updated_at, published_at)
   select 'user-' || n, 'c' || n, 'c' || n || '@larder.test', 'c' || n, now(), now(), now() from generate_series(1, 2000) n`,
  `insert into transactions (document_id, ref, state, door, credential, payment_state, currency, authorized_amount, fence,
     revision, vendor_session, payment_intent_id, created_at, updated_at, published_at)
   select 'transaction-' || n, 'ref-' || n, case when n % 200 = 0 then 'review' when n % 3 = 0 then 'empty' else 'completed' end,
     'locked', 'customer', 'recorded', 'EUR', 1000, 1, 1, 'session-' || n, 'pi_' || n,
     now() - n * interval '1 minute', now(), now() from generate_series(1, ${PURCHASES}) n`,
  `insert into transactions_machine_lnk (transaction_id, machine_id)
   select t.id, m.id from transactions t join machines m on m.document_id = 'machine-' || 1 + t.id % 100`,
  `insert into transactions_user_lnk (transaction_id, user_id)
   select t.id, u.id from transactions t join up_users u on u.document_id = 'user-' || 1 + t.id % 2000`,
  `insert into products (document_id, sku, name, unit_amount, currency, active, created_at, updated_at, published_at)
   select 'product-' || n, 'sku-' || n, 'Meal ' || n, 900, 'EUR', true, now(), now(), now() from generate_series(1, 1000) n`,
  `insert into transaction_lines (document_id, sku, name, quantity, unit_amount, amount, currency, created_at, updated_at,
     published_at)
   select 'line-' || n, 'sku-' || n % 1000, 'Meal ' || n % 1000, 1, 900, 900, 'EUR', now() - n * interval '1 minute', now(), now()
   from generate_series(1, ${PURCHASES}) n`,
  `insert into transaction_lines_transaction_lnk (line_id, transaction_id)
   select l.id, t.id from transaction_lines l join transactions t on t.document_id = 'transaction-' || l.id`,
  `insert into transaction_lines_product_lnk (line_id, product_id)
   select l.id, p.id from transaction_lines l join products p on p.document_id = 'product-' || 1 + l.id % 1000`,
  `insert into events (document_id, name, kind, data, received_at, created_at, updated_at, published_at)
   select 'event-' || n, 'name-' || n % 50, case when n % 500 = 0 then 'orphan' else 'result' end,
     jsonb_build_object('ref', 'ref-' || n, 'products', repeat(md5(n::text), 12)), now() - n * interval '20 seconds', now(), now(), now() from generate_series(1, ${EVENTS}) n`,
  `insert into events_transaction_lnk (event_id, transaction_id)
   select e.id, t.id from events e join transactions t on t.document_id = 'transaction-' || 1 + e.id % ${PURCHASES}`,
  `insert into events_machine_lnk (event_id, machine_id)
   select e.id, m.id from events e join machines m on m.document_id = 'machine-' || 1 + e.id % 100`,
  `insert into events_user_lnk (event_id, user_id)
   select e.id, u.id from events e join up_users u on u.document_id = 'user-' || 1 + e.id % 2000`,
];
