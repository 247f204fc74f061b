import type { Sql } from '../../src/shared/sql';
import { PURCHASES } from './plans';

/** Events of Stripe, and ledger entries. */
export const MANY = 3 * PURCHASES;

/** Money for each purchase of `fillHistory`, which must have run: enough rows for an index to be worth it. */
export async function fillMoney(sql: Sql): Promise<void> {
  for (const statement of MONEY) await sql.rows(statement);
}

const each = `from generate_series(1, ${PURCHASES}) n`;
const ago = `now() - n * interval '1 minute'`;
/** The state of every two hundredth is a rare one. */
const state = (rare: string, usual: string) => `case when n % 200 = 0 then '${rare}' else '${usual}' end`;

/** Links rows of a table to those of another one, by what comes after the dash of their documentIds. */
const link = (table: string, one: string, relation: string, target: string, prefix: string, modulo: number) =>
  `insert into ${table}_${relation}_lnk (${one}_id, ${relation}_id)
   select o.id, t.id from ${table} o join ${target} t on t.document_id = '${prefix}-' || 1 + o.id % ${modulo}`;
const ofUser = (table: string, one: string) => link(table, one, 'user', 'up_users', 'user', 2000);
const ofTransaction = (table: string, one: string) =>
  link(table, one, 'transaction', 'transactions', 'transaction', PURCHASES);
const ofPayment = (table: string, one: string) => link(table, one, 'payment', 'payments', 'payment', PURCHASES);

const MONEY: readonly string[] = [
  `alter table ledger_entries disable trigger user`,
  `insert into payments (document_id, key, purpose, state, authorized_amount, captured_amount, refunded_amount, disputed_amount,
     currency, payment_intent_id, charge_id, stripe_customer_id, is_taken_over, created_at, updated_at, published_at)
   select 'payment-' || n, 'payment-key-' || n, 'purchase', ${state('review', 'captured')}, 900, 900, 0, 0,
     'EUR', 'pi_' || n, 'ch_' || n, 'cus_' || n % 2000, false, ${ago}, ${ago}, now() ${each}`,
  ofUser('payments', 'payment'),
  ofTransaction('payments', 'payment'),
  `insert into refunds (document_id, key, state, amount, currency, reason, requested_by, stripe_refund_id, created_at, updated_at,
     published_at)
   select 'refund-' || n, 'refund-key-' || n, ${state('failed', 'succeeded')}, 900, 'EUR', 'It was cold.', 'token:1', 're_' || n,
     ${ago}, ${ago}, now() ${each}`,
  ofUser('refunds', 'refund'),
  ofTransaction('refunds', 'refund'),
  ofPayment('refunds', 'refund'),
  `insert into debts (document_id, key, state, cause, amount, currency, created_at, updated_at, published_at)
   select 'debt-' || n, 'debt-key-' || n, ${state('open', 'settled')}, 'charge_failed', 900, 'EUR', ${ago}, ${ago}, now() ${each}`,
  ofUser('debts', 'debt'),
  ofTransaction('debts', 'debt'),
  ofPayment('debts', 'debt'),
  `insert into checkouts (document_id, key, mode, purpose, ui, state, amount, currency, lines, stripe_session_id, created_at,
     updated_at, published_at)
   select 'checkout-' || n, 'checkout-key-' || n, 'payment', 'basket', 'embedded', ${state('pending', 'complete')}, 900, 'EUR',
     jsonb_build_array(md5(n::text)), 'cs_' || n, ${ago}, ${ago}, now() ${each}`,
  ofUser('checkouts', 'checkout'),
  `insert into invoices (document_id, stripe_invoice_id, number, state, stripe_customer_id, total, amount_due, amount_paid,
     currency, lines, issued_at, created_at, updated_at, published_at)
   select 'invoice-' || n, 'in_' || n, 'LARDER-' || n, ${state('open', 'paid')}, 'cus_' || n % 2000, 900, 900, 0, 'EUR',
     jsonb_build_array(md5(n::text)), ${ago}, ${ago}, ${ago}, now() ${each}`,
  ofUser('invoices', 'invoice'),
  `insert into ledger_entries (document_id, posting, account, amount, currency, transaction_id, payment_id, customer_id,
     posted_at, created_at, updated_at, published_at)
   select 'ledger-entry-' || n, 'posting-' || n, case when n % 200 = 0 then 'disputes' else 'sales' end, 900, 'EUR',
     'transaction-' || 1 + n % ${PURCHASES}, 'payment-' || 1 + n % ${PURCHASES}, 'c' || n % 2000,
     now() - n * interval '20 seconds', now(), now(), now() from generate_series(1, ${MANY}) n`,
  `insert into stripe_events (document_id, stripe_event_id, type, object_id, state, source, livemode, payload, received_at,
     created_at, updated_at, published_at)
   select 'stripe-event-' || n, 'evt_' || n, 'charge.succeeded', 'ch_' || n, ${state('failed', 'done')}, 'webhook', false,
     jsonb_build_object('id', repeat(md5(n::text), 12)), now() - n * interval '20 seconds', now(), now(), now()
   from generate_series(1, ${MANY}) n`,
  `alter table ledger_entries enable trigger user`,
];
