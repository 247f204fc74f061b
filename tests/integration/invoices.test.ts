/** Invoices, from Stripe's events to the front ends: kept in any order, never back, own only, found by an index. */
import { FIND_INVOICE, searchStatement } from '../../src/plugins/billing/server/src/invoices/read-invoices';
import { saveInvoice } from '../../src/plugins/billing/server/src/invoices/save-invoice';
import { register } from '../support/customers';
import { createTestDatabase, type TestDatabase } from '../support/database';
import { readingsOf } from '../support/plans';
import { dealtWith, storedEvents, webhookUrl } from '../support/stripe-events';
import { startStripeWorld, type StripeWorld } from '../support/stripe-world';

interface Invoice {
  readonly id: string;
  readonly state: string;
  readonly number: string;
}

const KEYS = [
  'id',
  'number',
  'state',
  'customerId',
  'total',
  'amountDue',
  'amountPaid',
  'currency',
  'issuedAt',
  'dueAt',
  'paidAt',
  'pdfUrl',
  'hostedUrl',
  'lines',
];

describe('of a customer', () => {
  let world: StripeWorld;
  let customer: string;
  let jwt: string;

  beforeAll(async () => {
    world = await startStripeWorld({ machines: 1, env: { BILLING_SWEEP_S: '60' } });
    world.fake.webhooks.setUrl(webhookUrl(world));
    const { jwt: own, userId } = await register(world.larder, 'reader');
    jwt = own;
    customer = (await world.stripe.customers.create({ email: 'reader@registered.example' })).id;
    await world.database.sql.rows(`update up_users set stripe_customer_id = $1, customer_id = 'reader' where id = $2`, [
      customer,
      userId,
    ]);
  });
  afterAll(() => world?.stop());
  afterEach(() => world.fake.faults.webhooks.clear());

  const LINES = [
    { description: 'Lunches in November', amount: 4200, quantity: 6 },
    { description: 'Service', amount: 300 },
  ];
  const made = (of = customer) => world.fake.hands.finalizeInvoice({ customer: of, lines: LINES });
  const list = async (query = '', as?: string) =>
    (await world.larder.get(`/api/billing/invoices${query}`, as)).body as {
      data: Invoice[];
      meta: { page: number; pageSize: number; total: number };
    };
  const keptOf = async (invoice: string) => {
    const rows = await world.database.sql.rows<{ document_id: string; state: string; payment_intent_ids: string[] }>(
      `select * from invoices where stripe_invoice_id = $1`,
      [invoice],
    );
    expect(rows).toHaveLength(1);
    return rows[0];
  };

  it('is kept once, however often and in whichever order it is told: paid stays paid', async () => {
    world.fake.faults.webhooks.duplicate(20);
    // created, finalized, payment paid, paid …: the last comes first.
    world.fake.faults.webhooks.reorder(12);
    const invoice = made();
    world.fake.hands.payInvoice(invoice);
    world.fake.faults.webhooks.clear();
    await world.fake.webhooks.settled();
    for (const type of ['invoice.finalized', 'invoice.paid']) {
      expect(await dealtWith(world, type, invoice)).toMatchObject([{ state: 'done' }]);
    }
    const events = (await storedEvents(world)).filter(({ type }) => type.startsWith('invoice'));
    expect(new Set(events.map(({ id }) => id)).size).toBe(events.length);
    expect(await keptOf(invoice)).toMatchObject({ state: 'paid', payment_intent_ids: [expect.stringMatching(/^pi_/)] });

    // An answer of Stripe's that was on its way while somebody else wrote a later one.
    const stale = {
      id: invoice,
      number: 'X-1',
      state: 'open',
      customer,
      total: 4500,
      amount_due: 4500,
      amount_paid: 0,
    };
    const more = { currency: 'EUR', lines: [], intents: [], pdf: null, hosted: null, issued: 1, due: null, paid: null };
    await saveInvoice(world.database.sql, { ...stale, ...more, state: 'open' });
    expect(await keptOf(invoice)).toMatchObject({ state: 'paid', amount_paid: 4500 });
  });

  it('by a payment alone, and voided', async () => {
    world.fake.faults.webhooks.lose(2);
    const paid = made();
    world.fake.faults.webhooks.lose(1, 'invoice.paid');
    world.fake.hands.payInvoice(paid);
    const voided = made();
    world.fake.hands.voidInvoice(voided);
    await world.fake.webhooks.settled();
    await dealtWith(world, 'invoice.voided', voided);
    await dealtWith(world, 'invoice.payment_succeeded', paid);
    expect(await keptOf(paid)).toMatchObject({ state: 'paid' });
    expect(await keptOf(voided)).toMatchObject({ state: 'void' });
  });

  it('has every key, and its lines', async () => {
    const invoice = made();
    await dealtWith(world, 'invoice.finalized', invoice);
    const { document_id: id } = (await keptOf(invoice)) ?? {};
    const { body, status } = await world.larder.get(`/api/billing/invoices/${id}`, jwt);
    expect(status).toBe(200);
    expect(Object.keys(body)).toEqual(KEYS);
    expect(body).toMatchObject({
      number: expect.any(String),
      state: 'open',
      customerId: 'reader',
      total: 4500,
      amountDue: 4500,
      amountPaid: 0,
      currency: 'EUR',
      issuedAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
      dueAt: expect.any(String),
      paidAt: null,
      pdfUrl: expect.stringMatching(/pdf$/),
      hostedUrl: expect.stringMatching(/^http/),
      lines: [
        { description: 'Lunches in November', quantity: 6, amount: 4200 },
        { description: 'Service', quantity: 1, amount: 300 },
      ],
    });
    expect((await list('?pageSize=1', jwt)).data).toEqual([body]);
  });

  it('is for its customer and for front ends: to anybody else it is not there', async () => {
    const { jwt: other } = await register(world.larder, 'stranger');
    const foreign = (await world.stripe.customers.create({ email: 'nobody@example.com' })).id;
    const invoice = made(foreign);
    await dealtWith(world, 'invoice.finalized', invoice);
    const { document_id: id } = (await keptOf(invoice)) ?? {};
    const [mine] = (await list('', jwt)).data;

    expect((await list('', other)).data).toEqual([]);
    for (const [target, as] of [
      [id, jwt],
      [mine?.id, other],
      ['nothing', jwt],
    ] as const) {
      const { status, body } = await world.larder.get(`/api/billing/invoices/${target}`, as);
      expect([status, body.error?.details?.code]).toEqual([404, 'invoice_not_found']);
    }
    expect((await list('', jwt)).data.map((found) => found.id)).not.toContain(id);
    expect((await list()).data.map((found) => found.id)).toContain(id);
    expect((await world.larder.get(`/api/billing/invoices/${id}`)).body).toMatchObject({ customerId: null });
    expect((await world.larder.get('/api/billing/invoices', 'no-such-token-at-all')).status).toBe(401);
  });

  it('is found by customer, state and date, in pages', async () => {
    const all = await list('?pageSize=100');
    expect(all.meta).toEqual({ page: 1, pageSize: 100, total: all.data.length });
    const own = await list('?customer=reader&pageSize=100');
    expect(own.data.map(({ id }) => id)).toEqual((await list('?pageSize=100', jwt)).data.map(({ id }) => id));
    const paid = await list('?customer=reader&state=paid');
    expect(paid.data.map(({ state }) => state)).toEqual(['paid', 'paid']);
    expect((await list('?customer=nobody')).data).toEqual([]);
    expect((await list('?from=2999-01-01')).meta.total).toBe(0);
    expect((await list('?to=2999-01-01')).meta.total).toBe(all.meta.total);
    const second = await list('?pageSize=1&page=2');
    expect(second.data).toEqual([all.data[1]]);
  });

  it.each([
    ['status=paid', 'status'],
    ['state=draft', 'state'],
    ['from=yesterday', 'from'],
    ['page=0', 'page'],
    ['pageSize=1000', 'pageSize'],
    ['filters[user][password]=x', 'filters'],
    ['customer=%00', 'customer'],
  ])('a query with %s is refused', async (query, field) => {
    const { status, body } = await world.larder.get(`/api/billing/invoices?${query}`);
    expect(status).toBe(400);
    expect(body.error.details).toMatchObject({ code: 'invalid_request', errors: [{ field }] });
  });
});

describe('among many', () => {
  const INVOICES = 20_000;
  let database: TestDatabase;

  beforeAll(async () => {
    database = await createTestDatabase();
    const { sql } = database;
    await sql.rows(`insert into up_users (document_id, username, email, customer_id, created_at, updated_at, published_at)
      select 'u-' || n, 'u-' || n, 'u' || n || '@larder.test', 'c-' || n, now(), now(), now() from generate_series(1, 1000) n`);
    await sql.rows(`insert into invoices (document_id, stripe_invoice_id, number, state, total, amount_due, amount_paid,
        currency, lines, issued_at, created_at, updated_at, published_at)
      select 'i-' || n, 'in_' || n, 'N-' || n, case when n % 100 = 0 then 'open' else 'paid' end, 100, 100, 100, 'EUR', '[]',
        now() - make_interval(mins => n), now(), now(), now() from generate_series(1, ${INVOICES}) n`);
    await sql.rows(`insert into invoices_user_lnk (invoice_id, user_id)
      select i.id, u.id from invoices i join up_users u on u.document_id = 'u-' || (i.id % 1000 + 1)`);
    for (const table of ['invoices', 'invoices_user_lnk', 'up_users']) await sql.rows(`analyze ${table}`);
  });
  afterAll(() => database?.drop());

  const ANY = { customer: undefined, state: undefined, from: undefined, to: undefined, page: 1, pageSize: 25 };
  const hoursAgo = (hours: number) => new Date(Date.now() - hours * 3_600_000);
  const read = async (text: string, values: readonly unknown[]) => {
    const readings = await readingsOf(database.sql, { sql: text, bindings: values });
    return readings.filter(({ table }) => table.startsWith('invoices'));
  };

  it.each([
    ['one customer’s', { ...ANY, onlyUserId: 7 }],
    ['a named customer’s', { ...ANY, customer: 'c-7', onlyUserId: null }],
    ['those of two hours', { ...ANY, from: hoursAgo(10), to: hoursAgo(8), onlyUserId: null }],
    ['the open ones of two days', { ...ANY, state: 'open' as const, from: hoursAgo(48), onlyUserId: null }],
  ])('%s are found by an index', async (_, search) => {
    const { statement, values } = searchStatement(search);
    const readings = await read(statement.text, values);
    expect(readings.length).toBeGreaterThan(0);
    for (const { how, rows } of readings) {
      expect(how).not.toBe('Seq Scan');
      expect(rows).toBeLessThan(INVOICES * 0.05);
    }
  });

  it('one is found by an index', async () => {
    const readings = await read(FIND_INVOICE.text, ['i-77', null]);
    expect(readings.length).toBeGreaterThan(0);
    for (const { how, rows } of readings) {
      expect(how).not.toBe('Seq Scan');
      expect(rows).toBeLessThan(10);
    }
  });
});
