/** Whatever the panel offers to look for, in the tables that grow without end, an index finds. Runs the build in `dist/`. */
import path from 'node:path';
import { createStrapi, type Core } from '@strapi/strapi';
import request from 'supertest';
import { offeredFilters } from '../../src/admin/content-manager/indexed-filters';
import { checkout } from '../../src/seed/views/checkout';
import { debt } from '../../src/seed/views/debt';
import { event } from '../../src/seed/views/event';
import { invoice } from '../../src/seed/views/invoice';
import { ledgerEntry } from '../../src/seed/views/ledger-entry';
import { line } from '../../src/seed/views/line';
import { payment } from '../../src/seed/views/payment';
import { refund } from '../../src/seed/views/refund';
import { stripeEvent } from '../../src/seed/views/stripe-event';
import { transaction } from '../../src/seed/views/transaction';
import type { View } from '../../src/seed/views/view';
import { createTestDatabase, type TestDatabase } from '../support/database';
import { ADMIN } from '../support/larder';
import { fillMoney, MANY } from '../support/money-history';
import {
  EVENTS,
  fillHistory,
  PURCHASES,
  readingsOf,
  recordStatements,
  type Reading,
  type Statements,
} from '../support/plans';
import { vacuum } from '../support/vacuum';

let database: TestDatabase;
let strapi: Core.Strapi;
let token: string;
let statements: Statements;

beforeAll(async () => {
  database = await createTestDatabase();
  process.env.DATABASE_URL = database.url;
  process.env.LOG_LEVEL = 'error';
  process.env.VENDRON_WS_URL = 'ws://127.0.0.1:9/nobody';
  strapi = await createStrapi({
    appDir: process.cwd(),
    distDir: path.resolve('dist'),
    autoReload: false,
    serveAdminPanel: false,
  }).load();
  strapi.server.mount();
  await fillHistory(database.sql);
  await fillMoney(database.sql);
  await vacuum(database.sql);
  const { body } = await request(strapi.server.httpServer).post('/admin/login').send(ADMIN).expect(200);
  token = body.data.token;
  statements = recordStatements(strapi);
}, 120_000);

afterAll(async () => {
  await strapi?.destroy();
  await database?.drop();
});

/** A search must not read more than this share of a table, and never by walking through it. */
const SHARE = 0.05;
const ROWS: Readonly<Record<string, number>> = {
  transactions: PURCHASES,
  transaction_lines: PURCHASES,
  events: EVENTS,
  payments: PURCHASES,
  refunds: PURCHASES,
  debts: PURCHASES,
  checkouts: PURCHASES,
  invoices: PURCHASES,
  ledger_entries: MANY,
  stripe_events: MANY,
};

/** Rows hardly longer than what an index has of them. */
const NARROW = ['transaction_lines', 'debts'];

/** What an operator might look for, by filter or by attribute of the filtered relation; a rare state, for each type its own. */
const WANTED: Readonly<Record<string, string>> = {
  ref: 'ref-77',
  vendorSession: 'session-77',
  paymentIntentId: 'pi_77',
  machine: 'Fridge 3',
  user: 'c7@larder.test',
  transaction: 'ref-77',
  name: 'name-7',
  kind: 'orphan',
  sku: 'sku-7',
  product: 'Meal 7',
  payment: 'payment-key-77',
  stripeRefundId: 're_77',
  stripeSessionId: 'cs_77',
  stripeInvoiceId: 'in_77',
  stripeCustomerId: 'cus_77',
  stripeEventId: 'evt_77',
  number: 'LARDER-77',
  account: 'disputes',
  posting: 'posting-77',
  objectId: 'ch_77',
  transactionId: 'transaction-77',
  paymentId: 'payment-77',
};
const RARE: Readonly<Record<string, string>> = {
  [refund.uid]: 'failed',
  [debt.uid]: 'open',
  [checkout.uid]: 'pending',
  [invoice.uid]: 'open',
  [stripeEvent.uid]: 'failed',
};

const hoursAgo = (hours: number) => new Date(Date.now() - hours * 3_600_000).toISOString();

function wanted(view: View, name: string, operator: string): string {
  if (name === 'state') return RARE[view.uid] ?? 'review';
  if (name === 'documentId') return `${view.uid.split('.')[1]}-77`;
  // Either end of the 330 hours of history.
  return WANTED[name] ?? (operator.startsWith('$g') ? hoursAgo(3) : hoursAgo(325));
}

const ask = (address: string, query: object = {}) =>
  request(strapi.server.httpServer)
    .get(`/content-manager${address}`)
    .set('Authorization', `Bearer ${token}`)
    .query(query)
    .expect(200);

/** Lists entries as the panel does, and answers how many there are and what was read where an index did not help. */
async function list(view: View, query: object): Promise<{ total: number; slow: Reading[] }> {
  statements.clear();
  const { body } = await ask(`/collection-types/${view.uid}`, {
    page: 1,
    pageSize: 20,
    sort: `${view.sort[0]}:${view.sort[1]}`,
    ...query,
  });
  const seen = statements.seen();
  expect(seen.length).toBeGreaterThan(1);
  const slow: Reading[] = [];
  for (const statement of seen) {
    const isWholeCount = /^select count\("t0"."id"\) as "count" from "\w+" as "t0" limit/.test(statement.sql);
    for (const reading of await readingsOf(database.sql, statement)) {
      if (!(reading.table in ROWS)) continue;
      // How many there are of everything: all of an index tells, or all of a table whose rows are hardly longer.
      const isExcused = isWholeCount && (reading.how !== 'Seq Scan' || NARROW.includes(reading.table));
      const isSlow = reading.how === 'Seq Scan' || reading.rows > SHARE * (ROWS[reading.table] ?? 0);
      if (isSlow && !isExcused) slow.push(reading);
    }
  }
  return { total: body.pagination.total, slow };
}

interface ContentType {
  readonly uid: string;
  readonly pluginOptions: { readonly larder: { readonly filters: readonly string[] } };
  readonly attributes: Readonly<Record<string, { readonly type: string }>>;
}

async function contentType({ uid }: View): Promise<ContentType> {
  const { body } = await ask('/init');
  const types = body.data.contentTypes as ContentType[];
  const type = types.find((one) => one.uid === uid)!;
  return type;
}

const MONEY = [payment, refund, debt, checkout, invoice, ledgerEntry, stripeEvent];

describe.each([transaction, line, event, ...MONEY])('the list of $uid', (view) => {
  it('reads no more than it must, as it opens', async () => {
    expect((await list(view, {})).slow).toEqual([]);
  });

  it('is sorted by nothing but what an index has in order', async () => {
    const { body } = await ask(`/content-types/${view.uid}/configuration`);
    const { metadatas } = body.data.contentType as { metadatas: Record<string, { list: { sortable: boolean } }> };
    const sortable = Object.keys(metadatas).filter((name) => metadatas[name]?.list.sortable);
    expect(sortable).toContain(view.sort[0]);
    for (const name of sortable) {
      for (const order of ['ASC', 'DESC']) {
        expect({ name, order, ...(await list(view, { sort: `${name}:${order}` })) }).toMatchObject({ slow: [] });
      }
    }
  });

  it('is filtered by nothing but what an index finds, and finds it', async () => {
    const { attributes, pluginOptions } = await contentType(view);
    const { filters } = pluginOptions.larder;
    const all = Object.entries(attributes).map(([name, { type }]) => ({ name, type, label: name }));
    const shown = offeredFilters(all, filters);
    expect(shown.map(({ name }) => name).sort()).toEqual([...filters].sort());
    for (const filter of shown) {
      expect(filter.operators?.length).toBeGreaterThan(0);
      for (const { value: operator } of filter.operators ?? []) {
        const by = view.fields[filter.name]?.by;
        const key = `filters[$and][0][${filter.name}]${by ? `[${by}]` : ''}[${operator}]`;
        const value = wanted(view, filter.name, operator);
        const { total, slow } = await list(view, { [key]: value });
        expect({ key, slow, isFound: total > 0 }).toEqual({ key, slow: [], isFound: true });
      }
    }
  });
});

describe('the search field', () => {
  it.each([
    ['the whole of a reference', 'ref-777', 11],
    ['its beginning', 'ref-77', 111],
    ['a payment', 'pi_1234', 11],
    ['a session at Vendron', ' session-19999 ', 1],
    ['the id that REST gives', 'transaction-5', 1],
    ['what no reference begins with', '77', 0],
    ['a character that means something to LIKE', 'pi%', 0],
  ])('finds transactions by %s', async (_what, _q, total) => {
    expect(await list(transaction, { _q })).toEqual({ total, slow: [] });
  });

  it.each([
    ['a payment by its intent', payment, 'pi_1234', 11],
    ['a payment by its charge', payment, 'ch_77', 1],
    ['a refund at Stripe', refund, 're_77', 1],
    ['a session at Stripe', checkout, 'cs_77', 1],
    ['the beginning of an invoice’s number', invoice, 'LARDER-1999', 11],
    ['an invoice at Stripe', invoice, 'in_77', 1],
    ['all invoices of a customer at Stripe', invoice, 'cus_77', 10],
    ['the entries of a purchase', ledgerEntry, 'transaction-77', 3],
    ['the entries of a payment', ledgerEntry, 'payment-77', 3],
    ['a posting', ledgerEntry, 'posting-77', 1],
    ['an event at Stripe', stripeEvent, 'evt_77', 1],
    ['what an event is about', stripeEvent, 'ch_77', 1],
    ['the text of something', refund, 'cold', 0],
  ])('finds %s', async (_what, view, _q, total) => {
    expect(await list(view, { _q })).toEqual({ total, slow: [] });
  });

  it('keeps to the filter beside it', async () => {
    const { total } = await list(transaction, { _q: 'ref-20', 'filters[$and][0][state][$eq]': 'review' });
    expect(total).toBe(3); // 200, 2000 and 20000
  });

  it.each([event, debt])(
    'is not there for $uid, and whoever writes it into the address reads no more than one',
    async (view) => {
      const { body } = await ask(`/content-types/${view.uid}/configuration`);
      expect(body.data.contentType.settings.searchable).toBe(false);
      expect(await list(view, { _q: 'name' })).toEqual({ total: 0, slow: [] });
      expect(await list(view, { _q: `${view.uid.split('.')[1]}-7` })).toEqual({ total: 1, slow: [] });
    },
  );
});

describe('the page of a transaction', () => {
  it.each([
    [payment, { 'filters[transaction][documentId][$eq]': 'transaction-77' }, 1],
    [refund, { 'filters[transaction][documentId][$eq]': 'transaction-77' }, 1],
    [debt, { 'filters[transaction][documentId][$eq]': 'transaction-77' }, 1],
    [ledgerEntry, { 'filters[transactionId][$eq]': 'transaction-77' }, 3],
  ])('reads its money by index: %#', async (view, filter, total) => {
    expect(await list(view, { ...filter, sort: 'id:ASC', pageSize: 100 })).toEqual({ total, slow: [] });
  });

  it('reads its lines and its history by their links', async () => {
    for (const view of [event, line]) {
      const { total, slow } = await list(view, {
        'filters[transaction][documentId][$eq]': 'transaction-77',
        sort: view === event ? 'receivedAt:ASC,id:ASC' : 'id:ASC',
      });
      expect({ total, slow }).toEqual({ total: view === event ? 3 : 1, slow: [] });
    }
  });
});
