/** Years of purchases, put into the tables at once. */
import { Client } from 'pg';

export interface Range {
  /** How many transactions there are already, and how many there are to be. */
  readonly from: number;
  readonly to: number;
}

/** What one stored transaction brings along: kept small, so that a million go in within minutes. */
export const EVENTS_EACH = 2;
export const LINES_EACH = 1;

/** Transactions a customer, on average; at 1,000,000 there are 50,000 customers. */
const PURCHASES_EACH = 20;
/** Rows in one statement. */
const CHUNK = 50_000;

/** Only the filling is in a hurry: foreign keys are true by construction, and nobody minds a lost commit. */
const IN_A_HURRY = '-c timezone=UTC -c session_replication_role=replica -c synchronous_commit=off -c work_mem=128MB';

/**
 * Stores finished purchases of the last three years, spread over the machines there are, with their lines and events.
 * Afterwards the tables are vacuumed and analysed, as autovacuum would have done over the years.
 */
export async function storeHistory(databaseUrl: string, { from, to }: Range): Promise<void> {
  const client = new Client({ connectionString: databaseUrl, options: IN_A_HURRY });
  client.on('error', () => undefined);
  await client.connect();
  for (let first = from + 1; first <= to; first += CHUNK) {
    const last = Math.min(first + CHUNK - 1, to);
    for (const statement of STATEMENTS)
      await client.query(statement.replaceAll(':first', String(first)).replaceAll(':last', String(last)));
  }
  for (const table of TABLES) await client.query(`vacuum analyze ${table}`);
  await client.query('checkpoint');
  await client.end();
}

const TABLES = [
  'transactions',
  'transactions_machine_lnk',
  'transactions_user_lnk',
  'transaction_lines',
  'transaction_lines_transaction_lnk',
  'transaction_lines_product_lnk',
  'events',
  'events_transaction_lnk',
  'events_machine_lnk',
  'events_user_lnk',
  'up_users',
  'machines',
];

const RANGE = `generate_series(:first, :last) n`;
const AGO = `now() - (n::bigint * 7919 % 94608000) * interval '1 second'`;
/** What belongs to a stored purchase is found by its `ref`. */
const STORED = `transactions t where t.ref = 'history-' || n`;

const STATEMENTS: readonly string[] = [
  `insert into up_users (document_id, username, email, provider, confirmed, blocked, customer_id, created_at, updated_at, published_at)
   select 'u' || md5('user ' || n), 'customer:history-' || n, 'history-' || n || '@example.com', 'local', false, false, 'history-' || n,
     now(), now(), now()
   from generate_series(:first / ${PURCHASES_EACH}, :last / ${PURCHASES_EACH}) n on conflict do nothing`,

  `insert into transactions (document_id, ref, credential, state, door, authorized_amount, total_amount, currency, payment_state,
     payment_provider, payment_intent_id, vendor_session, caller, owner, fence, revision, requested_at, door_requested_at, opened_at,
     closed_at, completed_at, created_at, updated_at, published_at)
   select 't' || md5('transaction ' || n), 'history-' || n, 'customer',
     case when n % 50 = 0 then 'review' when n % 10 = 0 then 'empty' else 'completed' end, 'locked', 10000,
     case when n % 10 = 0 then 0 else 650 end, 'EUR', 'recorded', 'stripe', 'pi_history_' || n, 'history-session-' || n, 'token:1', 'gone',
     1, 9, at, at, at, at, at, at, at, at
   from ${RANGE}, lateral (select ${AGO} as at) a`,

  `insert into transactions_machine_lnk (transaction_id, machine_id, transaction_ord)
   select t.id, m.first + n % m.count, t.id from ${RANGE}, (select min(id) as first, count(*) as count from machines) m, ${STORED}`,

  `insert into transactions_user_lnk (transaction_id, user_id, transaction_ord)
   select t.id, u.id, t.id from ${RANGE} join up_users u on u.customer_id = 'history-' || n / ${PURCHASES_EACH}, ${STORED}`,

  `with line as (
     insert into transaction_lines (document_id, sku, name, quantity, unit_amount, amount, currency, created_at, updated_at, published_at)
     select 'l' || md5('line ' || n), '1001', 'Lentil and feta salad', 1, 650, 650, 'EUR', now(), now(), now() from ${RANGE}
     returning id, document_id
   )
   insert into transaction_lines_transaction_lnk (line_id, transaction_id, line_ord)
   select line.id, t.id, 1 from ${RANGE} join line on line.document_id = 'l' || md5('line ' || n), ${STORED}`,

  `with event as (
     insert into events (document_id, name, kind, outcome, data, received_at, created_at, updated_at, published_at)
     select 'e' || md5('event ' || n || ' ' || e), 'smart_fridge_product_taken', 'push', 'success',
       '{"command":"smart_fridge_product_taken","command_data":{"status":1,"error_data":[],"json_data":{"code":1,"list":[]}}}', at, at, at, at
     from ${RANGE}, generate_series(1, ${EVENTS_EACH}) e, lateral (select ${AGO} as at) a
     returning id, document_id
   ),
   owned as (
     select event.id, t.id as transaction_id, m.machine_id, u.user_id
     from ${RANGE} cross join generate_series(1, ${EVENTS_EACH}) e join event on event.document_id = 'e' || md5('event ' || n || ' ' || e)
     join transactions t on t.ref = 'history-' || n
     join transactions_machine_lnk m on m.transaction_id = t.id join transactions_user_lnk u on u.transaction_id = t.id
   ),
   of_transaction as (
     insert into events_transaction_lnk (event_id, transaction_id, event_ord) select id, transaction_id, id from owned
   ),
   of_machine as (insert into events_machine_lnk (event_id, machine_id) select id, machine_id from owned)
   insert into events_user_lnk (event_id, user_id) select id, user_id from owned`,
];
