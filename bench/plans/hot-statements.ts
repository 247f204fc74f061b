/** The statements of every purchase, poll and search, as the code itself sends them: it is run against a recorder. */
import type { Sql } from '../../src/shared/sql';
import type { Purchase } from '../../src/plugins/purchases/server/src/core/purchase';
import { findHistory } from '../../src/plugins/purchases/server/src/read/history';
import { searchViews, type PurchaseSearch } from '../../src/plugins/purchases/server/src/read/search';
import { findView } from '../../src/plugins/purchases/server/src/read/view';
import { pricesAtOpening } from '../../src/plugins/purchases/server/src/store/catalogue';
import { findOrMakeCustomer } from '../../src/plugins/purchases/server/src/store/customers';
import { changeEntry } from '../../src/plugins/purchases/server/src/store/journal-entry';
import { writeJournal } from '../../src/plugins/purchases/server/src/store/journal-statement';
import { findMachine } from '../../src/plugins/purchases/server/src/store/machines';
import { findOverdue, takeOver } from '../../src/plugins/purchases/server/src/store/ownership';
import {
  createPurchase,
  findByWire,
  findPurchase,
  findStanding,
} from '../../src/plugins/purchases/server/src/store/purchases';

export interface HotStatement {
  readonly what: string;
  /** Sends the statement. */
  readonly send: (sql: Sql) => Promise<unknown>;
}

const search = (given: Partial<PurchaseSearch>) => (sql: Sql) =>
  searchViews(sql, {
    user: undefined,
    email: undefined,
    machine: undefined,
    state: undefined,
    from: undefined,
    to: undefined,
    page: 1,
    pageSize: 25,
    sort: { field: 'createdAt', direction: 'desc' },
    onlyUserId: null,
    ...given,
  });

const yesterday = new Date(Date.now() - 86_400_000);
const lastYear = new Date(Date.now() - 365 * 86_400_000);

/** One of the stored history, as its owner would hold it. */
const purchase: Purchase = {
  id: 7,
  documentId: 'tcc175b9c0f1b6a831c399e2',
  ref: 'history-7',
  machine: { id: 1, documentId: 'm', vendorId: 'M1' },
  user: { id: 1, customerId: 'history-1' },
  state: 'closed',
  door: 'locked',
  authorizedAmount: 10_000,
  currency: 'EUR',
  paymentProvider: 'stripe',
  paymentIntentId: 'pi_history_7',
  vendorSession: 'history-session-7',
  doorRequested: true,
  reminded: false,
  basket: null,
  fence: 1,
  revision: 9,
  refusalCode: null,
  vendorCode: null,
  message: null,
};

const wanted = {
  documentId: 'new',
  ref: 'new',
  machine: purchase.machine,
  user: { id: 1, customerId: 'history-1' },
  amount: 10_000,
  currency: 'EUR',
  credential: 'customer' as const,
  paymentProvider: 'stripe',
  paymentIntentId: 'pi_new',
  payment: {},
  referralCode: null,
  expertId: null,
  authorized: null,
  request: null,
  caller: 'token:1',
  idempotencyKey: 'key',
  requestHash: 'hash',
  owner: 'instance',
  deadlineSeconds: 30,
};

const line = {
  sku: '1001',
  name: 'Salad',
  quantity: 1,
  unitAmount: 650,
  amount: 650,
  currency: 'EUR',
  vendorUnitAmount: 650,
};
const record = {
  kind: 'push',
  name: 'smart_fridge_request_completed',
  outcome: 'success',
  message: null,
  data: {},
} as const;
const policy = { vendorTimeoutMs: 5000, doorOpenDeadlineSeconds: 180, completionDeadlineSeconds: 120 };
const { row } = changeEntry(purchase, record, { to: 'completed', lines: [line], totalAmount: 650 }, [], policy);

export const HOT_STATEMENTS: readonly HotStatement[] = [
  { what: 'view by id', send: (sql) => findView(sql, purchase.documentId, null) },
  { what: 'view by ref', send: (sql) => findView(sql, 'history-7', null) },
  { what: 'view, only a user’s own', send: (sql) => findView(sql, 'history-7', 1) },
  { what: 'history of a purchase', send: (sql) => findHistory(sql, 'history-7', null) },
  { what: 'search by user', send: search({ user: 'history-77' }) },
  { what: 'search by e-mail', send: search({ email: 'history-77@example.com' }) },
  { what: 'search of a log-in', send: search({ onlyUserId: 77 }) },
  { what: 'search by machine', send: search({ machine: 'M7' }) },
  { what: 'search by state and time', send: search({ state: 'review', from: yesterday }) },
  { what: 'search, newest first', send: search({}) },
  { what: 'search by time', send: search({ from: lastYear, to: new Date(lastYear.getTime() + 86_400_000) }) },
  { what: 'open: find the machine', send: (sql) => findMachine(sql, 'M7') },
  {
    what: 'open: find or make the customer',
    send: (sql) => findOrMakeCustomer(sql, 'history-77', 'history-77@example.com'),
  },
  { what: 'open: insert, or conflict', send: (sql) => createPurchase(sql, wanted) },
  { what: 'open: what stands in the way', send: (sql) => findStanding(sql, wanted) },
  { what: 'journal: event and change', send: (sql) => sql.rows(writeJournal, [JSON.stringify([{ ...row, n: 0 }])]) },
  { what: 'prices when the door opened', send: (sql) => pricesAtOpening(sql, purchase.id, ['1001', '1002']) },
  { what: 'purchase by row', send: (sql) => findPurchase(sql, purchase.id) },
  { what: 'purchase by session or ref', send: (sql) => findByWire(sql, 'history-session-7', 'history-7') },
  { what: 'sweep: overdue', send: (sql) => findOverdue(sql, 2, 200) },
  { what: 'sweep: take over', send: (sql) => takeOver(sql, 'instance', [], 200) },
];
