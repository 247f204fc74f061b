/** Customers at Stripe, Checkout and receipts over REST, against the fake Stripe. */
import supertest from 'supertest';
import { newDocumentId } from '../../src/shared/ids';
import { register } from '../support/customers';
import { eventually } from '../support/eventually';
import type { Larder } from '../support/larder';
import { emailOf, startStripeWorld, type StripeWorld } from '../support/stripe-world';

let world: StripeWorld;

beforeAll(async () => {
  world = await startStripeWorld({ machines: 2, env: { CORS_ORIGINS: 'https://shop.example' } });
}, 120_000);
afterAll(() => world?.stop());
afterEach(() => world.fake.faults.clear());

const user = (name: string) => ({ id: name, email: emailOf(name) });
const checkout = (body: object, as?: string) => world.larder.post('/api/billing/checkout', body, as);
const basket = (name: string, more: object = {}) => ({
  user: user(name),
  lines: [{ sku: '1001', quantity: 2 }],
  ...more,
});
const read = (id: string, as?: string) => world.larder.get(`/api/billing/checkout/${id}`, as);
const rows = <Row extends Record<string, unknown>>(text: string, values: unknown[] = []) =>
  world.database.sql.rows<Row>(text, values);
const sessionOf = async (id: string) => {
  const [row] = await rows<{ id: string }>(`select stripe_session_id as id from checkouts where document_id = $1`, [
    id,
  ]);
  return row?.id ?? '';
};
const madeFor = (email: string) => world.fake.customers().filter((customer) => customer.email === email);

/** A debt as a purchase leaves it. */
async function owe(customer: string, amount: number): Promise<string> {
  const id = newDocumentId();
  await world.larder.post('/api/billing/customer', { user: user(customer) });
  await world.database.sql.transaction(async (sql) => {
    await sql.rows(
      `with made as (
         insert into debts (document_id, key, state, cause, amount, currency, created_at, updated_at, published_at)
         values ($1::text, 'debt:' || $1::text, 'open', 'basket_above_hold', $2, 'EUR', now(), now(), now()) returning id)
       insert into debts_user_lnk (debt_id, user_id) select made.id, u.id from made, up_users u where u.customer_id = $3`,
      [id, amount, customer],
    );
    await sql.rows(
      `insert into ledger_entries (document_id, posting, account, amount, currency, posted_at)
       select d.id, 'debt:debt:' || $1::text, d.account, d.amount, 'EUR', now()
       from (values ('a' || $1::text, 'receivable', $2::int), ('b' || $1::text, 'sales', -$2::int)) d(id, account, amount)`,
      [id, amount],
    );
  });
  return id;
}

/** What the ledger says about one payment, account by account. */
async function ledgerOf(paymentKey: string): Promise<Record<string, number>> {
  const found = await rows<{ account: string; amount: number }>(
    `select e.account, sum(e.amount)::int as amount from ledger_entries e join payments p on p.document_id = e.payment_id
     where p.key = $1 group by 1`,
    [paymentKey],
  );
  return Object.fromEntries(found.map(({ account, amount }) => [account, amount]));
}

describe('a customer at Stripe', () => {
  it('is made once by ten calls at once, on two instances', async () => {
    const second = await world.startAnother();
    const { jwt, userId } = await register(world.larder, 'ten-at-once');
    const ask = (larder: Larder) => larder.post('/api/billing/customer', {}, jwt);
    const answers = await Promise.all(Array.from({ length: 10 }, (_, n) => ask(n % 2 ? second : world.larder)));
    expect(answers.map(({ status }) => status)).toEqual(Array(10).fill(200));
    expect(new Set(answers.map(({ body }) => body.stripeCustomerId)).size).toBe(1);
    const made = madeFor('ten-at-once@registered.example');
    expect(made).toHaveLength(1);
    const [row] = await rows<{ document_id: string; stripe_customer_id: string }>(
      `select document_id, stripe_customer_id from up_users where id = $1`,
      [userId],
    );
    expect(made[0]).toMatchObject({
      id: row?.stripe_customer_id,
      metadata: { larder_user: row?.document_id },
      name: null,
    });
    expect(answers[0]?.body).toEqual({
      id: row?.document_id,
      customerId: null,
      stripeCustomerId: made[0]?.id,
      card: null,
    });
    await second.stop();
  });

  it.each([
    ['took effect and was never answered', () => world.fake.faults.timeoutAfter('POST /v1/customers')],
    ['never arrived', () => world.fake.faults.timeoutBefore('POST /v1/customers')],
    ['failed with a 500 that Stripe keeps', () => world.fake.faults.errorAfter(500, 'POST /v1/customers')],
  ])('is made once where the first call %s', async (what, strike) => {
    strike();
    const name = `unclear-${what.length}`;
    const { body } = await world.larder.post('/api/billing/customer', { user: user(name) }).expect(200);
    expect(body).toMatchObject({ customerId: name });
    expect(madeFor(emailOf(name))).toMatchObject([{ id: body.stripeCustomerId }]);
  });

  it('is asked for again under the same key after a time-out of the caller, and with another e-mail found all the same', async () => {
    world.fake.faults.timeoutAfter('POST /v1/customers');
    world.fake.faults.timeoutBefore('GET /v1/customers', { times: 6 });
    const first = await world.larder.post('/api/billing/customer', { user: user('mover') });
    expect(first.status).toBe(503);
    expect(first.body.error.details.code).toBe('payments_unavailable');
    world.fake.faults.clear();
    const moved = { id: 'mover', email: 'moved@example.com' };
    const { body } = await world.larder.post('/api/billing/customer', { user: moved }).expect(200);
    expect(madeFor(emailOf('mover'))).toMatchObject([{ id: body.stripeCustomerId }]);
    expect(madeFor('moved@example.com')).toEqual([]);
  });

  it('is 503 with Stripe away, and made when it is back', async () => {
    world.fake.faults.down(true);
    const away = await world.larder.post('/api/billing/customer', { user: user('patient') });
    expect([away.status, away.body.error.details.code]).toEqual([503, 'payments_unavailable']);
    world.fake.faults.down(false);
    await eventually200(() => world.larder.post('/api/billing/customer', { user: user('patient') }));
    expect(madeFor(emailOf('patient'))).toHaveLength(1);
  });
});

/** After an outage Stripe is left alone for some seconds. */
async function eventually200(ask: () => supertest.Test): Promise<supertest.Response> {
  for (let tries = 0; ; tries += 1) {
    const response = await ask();
    if (response.status === 200 || tries === 40) return response;
    await new Promise((resolve) => setTimeout(resolve, 250));
  }
}

describe('who may', () => {
  it('goes by token, user, billing: in this order', async () => {
    await supertest(world.larder.url).post('/api/billing/checkout').send(basket('anybody')).expect(403);
    const { jwt } = await register(world.larder, 'themselves');
    const other = await checkout(basket('somebody-else'), jwt);
    expect([other.status, other.body.error.details.code]).toEqual([403, 'other_customer']);
    const taken = await checkout({ ...basket('newcomer'), user: { id: 'newcomer', email: emailOf('mover2') } });
    expect(taken.status).toBe(200);
    const conflict = await checkout({ ...basket('x'), user: { id: 'late', email: emailOf('mover2') } });
    expect([conflict.status, conflict.body.error.details.code]).toEqual([409, 'customer_conflict']);
    await rows(`update up_users set blocked = true where customer_id = 'newcomer'`);
    const blocked = await checkout({ ...basket('newcomer'), user: { id: 'newcomer', email: emailOf('mover2') } });
    expect([blocked.status, blocked.body.error.details.code]).toEqual([403, 'customer_blocked']);
    const nobody = await checkout({ lines: [{ sku: '1001', quantity: 1 }] });
    expect([nobody.status, nobody.body.error.details.errors[0].field]).toEqual([400, 'user']);
  });

  it('sees their own checkouts only; the front end sees all', async () => {
    const { jwt } = await register(world.larder, 'owner');
    const { jwt: stranger } = await register(world.larder, 'stranger');
    const { body } = await checkout({ lines: [{ sku: '1002', quantity: 1 }] }, jwt).expect(200);
    await read(body.id, jwt).expect(200);
    await read(body.id).expect(200);
    const denied = await read(body.id, stranger);
    expect([denied.status, denied.body.error.details.code]).toEqual([404, 'checkout_not_found']);
    world.fake.hands.payCheckout(await sessionOf(body.id));
    await read(body.id, jwt).expect(200);
    await world.larder.get(`/api/billing/receipts/${body.id}`, stranger).expect(404);
    await world.larder.get(`/api/billing/receipts/${body.id}`, jwt).expect(200);
  });
});

describe('a checkout of a basket', () => {
  it('is priced by the catalogue, paid once, and in the ledger once', async () => {
    const { body } = await checkout(
      basket('buyer', {
        lines: [
          { sku: '1001', quantity: 2 },
          { sku: '1006', quantity: 1 },
        ],
      }),
    );
    expect(body).toEqual({
      id: expect.any(String),
      mode: 'payment',
      state: 'open',
      amount: 1590,
      currency: 'EUR',
      lines: [
        { sku: '1001', name: 'Meal 1001', quantity: 2, unitAmount: 650, amount: 1300, debtId: null },
        { sku: '1006', name: 'Meal 1006', quantity: 1, unitAmount: 290, amount: 290, debtId: null },
      ],
      clientSecret: expect.stringMatching(/_secret_/),
      publishableKey: world.fake.publishableKey,
      url: null,
      pageUrl: expect.stringContaining(`/billing/checkout/${body.id}?token=`),
      expiresAt: expect.any(String),
    });
    expect(Math.abs(Date.parse(body.expiresAt) - Date.now() - 86_400_000)).toBeLessThan(60_000);
    const session = world.fake.sessions().find(({ id }) => body.clientSecret.startsWith(id));
    expect(session).toMatchObject({ client_reference_id: body.id, metadata: { larder_checkout: body.id } });
    world.fake.hands.payCheckout(session?.id ?? '');

    const looks = await Promise.all(Array.from({ length: 5 }, () => read(body.id)));
    for (const look of looks) expect(look.body).toMatchObject({ state: 'complete', clientSecret: null, pageUrl: null });
    const payments = await rows(
      `select p.state, p.purpose, p.captured_amount, p.currency, p.card_last_4, u.customer_id from payments p
       join payments_user_lnk l on l.payment_id = p.id join up_users u on u.id = l.user_id where p.key = $1`,
      [`checkout:${body.id}`],
    );
    expect(payments).toEqual([
      {
        state: 'captured',
        purpose: 'checkout',
        captured_amount: 1590,
        currency: 'EUR',
        card_last_4: '4242',
        customer_id: 'buyer',
      },
    ]);
    const ledger = await ledgerOf(`checkout:${body.id}`);
    expect(ledger).toMatchObject({ sales: -1590 });
    expect((ledger.stripe ?? 0) + (ledger.fees ?? 0)).toBe(1590);
    expect(ledger.fees).toBeGreaterThan(0);
    expect(world.fake.intents().find(({ id }) => id === session?.payment_intent)).toMatchObject({
      metadata: { larder_checkout: body.id },
    });
  });

  it('keeps no client secret anywhere', async () => {
    const { body } = await checkout(basket('discreet'));
    const secret = body.clientSecret as string;
    const [found] = await rows<{ count: number }>(
      `select (select count(*) from checkouts where checkouts::text like '%' || $1 || '%')::int
        + (select count(*) from events where events::text like '%' || $1 || '%')::int
        + (select count(*) from pgboss.job where job::text like '%' || $1 || '%')::int as count`,
      [secret.slice(-20)],
    );
    expect(found?.count).toBe(0);
    expect(world.larder.log()).not.toContain(secret.slice(-20));
  });

  it('is the same for the same Idempotency-Key, also at once and when prices change; another request is a conflict', async () => {
    const ask = (body: object, key: string) =>
      supertest(world.larder.url)
        .post('/api/billing/checkout')
        .set({ Authorization: 'Bearer front-end-token-for-tests', 'Idempotency-Key': key })
        .send(body);
    const key = 'k'.repeat(255);
    const answers = await Promise.all(Array.from({ length: 5 }, () => ask(basket('twice'), key)));
    expect(answers.map(({ status }) => status)).toEqual(Array(5).fill(200));
    const [first] = answers;
    for (const answer of answers) expect(answer.body).toEqual(first?.body);
    const customer = madeFor(emailOf('twice'))[0]?.id;
    expect(world.fake.sessions().filter((session) => session.customer === customer)).toHaveLength(1);

    await rows(`update products set unit_amount = 660 where sku = '1001'`);
    const again = await ask({ lines: [{ quantity: 2, sku: '1001' }], user: user('twice') }, key);
    await rows(`update products set unit_amount = 650 where sku = '1001'`);
    expect(again.body).toEqual(first?.body);
    const conflict = await ask(basket('twice', { lines: [{ sku: '1001', quantity: 3 }] }), key);
    expect([conflict.status, conflict.body.error.details.code]).toEqual([409, 'idempotency_conflict']);
    const another = await ask(basket('twice'), 'another');
    expect(another.body.id).not.toBe(first?.body.id);
  });

  it.each([
    ['took effect and was never answered', () => world.fake.faults.timeoutAfter('POST /v1/checkout/sessions')],
    ['failed with a 500 that Stripe keeps', () => world.fake.faults.errorAfter(500, 'POST /v1/checkout/sessions')],
    ['met a lock', () => world.fake.faults.lockTimeout('POST /v1/checkout/sessions')],
  ])('has one session where the first call %s', async (what, strike) => {
    const name = `session-${what.length}`;
    await world.larder.post('/api/billing/customer', { user: user(name) }).expect(200);
    strike();
    const { body } = await checkout(basket(name)).expect(200);
    expect(body).toMatchObject({ state: 'open', clientSecret: expect.any(String) });
    const customer = madeFor(emailOf(name))[0]?.id;
    expect(world.fake.sessions().filter((session) => session.customer === customer)).toHaveLength(1);
  });

  it('names what is wrong with a line', async () => {
    await rows(`update products set active = false where sku = '1008'`);
    await rows(`update products set currency = 'USD' where sku = '1007'`);
    const faultsOf = async (body: object) => {
      const response = await checkout(body);
      expect(response.status).toBe(400);
      return (response.body.error.details.errors as { field: string }[]).map(({ field }) => field);
    };
    const lines = (...skus: string[]) => basket('picky', { lines: skus.map((sku) => ({ sku, quantity: 1 })) });
    expect(await faultsOf(lines('nonsense'))).toEqual(['lines.0.sku']);
    expect(await faultsOf(lines('1001', '1008'))).toEqual(['lines.1.sku']);
    expect(await faultsOf(lines('1001', '1007'))).toEqual(['lines.1.sku']);
    expect(await faultsOf(basket('picky', { lines: [{ sku: '1001', quantity: 0 }] }))).toEqual(['lines.0.quantity']);
    expect(await faultsOf(basket('picky', { debts: true }))).toEqual(['lines']);
    expect(await faultsOf({ user: user('picky') })).toEqual(['lines']);
    expect(await faultsOf(basket('picky', { mode: 'setup' }))).toEqual(['lines']);
    expect(await faultsOf(basket('picky', { amount: 1, mode: 'gift' }))).toEqual(['mode']);
    expect(
      await rows(`select from checkouts c join checkouts_user_lnk l on l.checkout_id = c.id
      join up_users u on u.id = l.user_id where u.customer_id = 'picky'`),
    ).toEqual([]);
  });

  it('leads back only to Larder and to the front ends it knows', async () => {
    const at = (returnUrl: string) => checkout(basket('returning', { returnUrl }));
    for (const evil of [
      'https://evil.example/',
      'https://shop.example.evil.example/',
      'https://shop.example@evil.example/',
      'javascript:alert(1)',
      '//evil.example/',
      'http://shop.example/',
    ]) {
      const refused = await at(evil);
      expect([evil, refused.status, refused.body.error?.details.errors[0].field]).toEqual([evil, 400, 'returnUrl']);
    }
    const { body } = await at('https://shop.example/done?order=7').expect(200);
    const session = world.fake.sessions().find(({ id }) => body.clientSecret.startsWith(id));
    expect(session?.return_url).toBe('https://shop.example/done?order=7');
  });

  it('is hosted by Stripe on request, declined, paid with another card, and may expire', async () => {
    const { body } = await checkout(basket('guest', { ui: 'hosted' })).expect(200);
    expect(body).toMatchObject({ clientSecret: null, pageUrl: null, url: expect.stringMatching(/^http/) });
    const session = await sessionOf(body.id);
    world.fake.hands.declineCheckout(session, 'insufficient_funds');
    expect((await read(body.id)).body).toMatchObject({ state: 'declined', url: body.url });
    world.fake.hands.payCheckout(session);
    expect((await read(body.id)).body).toMatchObject({ state: 'complete', url: null });

    const { body: left } = await checkout(basket('guest')).expect(200);
    world.fake.hands.expireCheckout(await sessionOf(left.id));
    expect((await read(left.id)).body).toMatchObject({ state: 'expired', clientSecret: null, pageUrl: null });
  });

  it('is answered as it is known while Stripe is away', async () => {
    const { body } = await checkout(basket('meanwhile')).expect(200);
    world.fake.hands.payCheckout(await sessionOf(body.id));
    world.fake.faults.down(true);
    expect((await read(body.id)).body).toMatchObject({ state: 'open', clientSecret: null });
    world.fake.faults.down(false);
    for (let tries = 0; tries < 40 && (await read(body.id)).body.state !== 'complete'; tries += 1)
      await new Promise((resolve) => setTimeout(resolve, 250));
    expect((await read(body.id)).body).toMatchObject({ state: 'complete' });
  });
});

it('is settled by the sweep where no webhook told and nobody looked', async () => {
  const { body } = await checkout(basket('silent')).expect(200);
  const state = async () => (await rows(`select state from checkouts where document_id = $1`, [body.id]))[0]?.state;
  // Stripe's list of events would tell as well.
  world.fake.faults.rateLimit(1000, 'GET /v1/events');
  world.fake.hands.payCheckout(await sessionOf(body.id));
  await rows(`update checkouts set updated_at = now() - interval '6 minutes' where document_id = $1`, [body.id]);
  for (let tries = 0; tries < 40 && (await state()) !== 'complete'; tries += 1)
    await new Promise((resolve) => setTimeout(resolve, 250));
  expect(await state()).toBe('complete');
  expect(await ledgerOf(`checkout:${body.id}`)).toMatchObject({ sales: -1300 });
});

describe('a checkout of debts', () => {
  it('settles all of them, and opens doors again', async () => {
    await owe('debtor', 300);
    await owe('debtor', 450);
    const { body } = await checkout({ user: user('debtor'), debts: true }).expect(200);
    expect(body).toMatchObject({
      amount: 750,
      lines: [
        { sku: null, amount: 300 },
        { sku: null, amount: 450 },
      ],
    });
    // Asked again there is one form, and another way of paying closes the first.
    const again = await checkout({ user: user('debtor'), debts: true }).expect(200);
    expect(again.body.id).toBe(body.id);
    const hosted = await checkout({ user: user('debtor'), debts: true, ui: 'hosted' }).expect(200);
    expect(hosted.body.id).not.toBe(body.id);
    expect((await read(body.id)).body.state).toBe('expired');

    world.fake.hands.payCheckout(await sessionOf(hosted.body.id));
    expect((await read(hosted.body.id)).body.state).toBe('complete');
    expect(
      await rows(
        `select d.state, d.ended_at is not null as ended from debts d join debts_user_lnk l on l.debt_id = d.id
         join up_users u on u.id = l.user_id where u.customer_id = 'debtor'`,
      ),
    ).toEqual(Array(2).fill({ state: 'settled', ended: true }));
    const ledger = await ledgerOf(`checkout:${hosted.body.id}`);
    expect(ledger).toMatchObject({ receivable: -750 });
    expect(ledger.sales).toBeUndefined();
    const nothing = await checkout({ user: user('debtor'), debts: true });
    expect([nothing.status, nothing.body.error.details.code]).toEqual([409, 'nothing_owed']);
  });

  it('comes before a person where a debt was forgiven while its form was open', async () => {
    const debt = await owe('lucky', 500);
    const { body } = await checkout({ user: user('lucky'), debts: true }).expect(200);
    await rows(`update debts set state = 'forgiven' where document_id = $1`, [debt]);
    world.fake.hands.payCheckout(await sessionOf(body.id));
    expect((await read(body.id)).body.state).toBe('complete');
    expect(await ledgerOf(`checkout:${body.id}`)).toMatchObject({ sales: -500 });
    expect(await rows(`select state from debts where document_id = $1`, [debt])).toEqual([{ state: 'forgiven' }]);
    for (let tries = 0; tries < 40 && (await incidents()).length === 0; tries += 1)
      await new Promise((resolve) => setTimeout(resolve, 250));
    expect(await incidents()).toMatchObject([{ state: 'open', message: expect.stringContaining('5 EUR') }]);
    const [paid] = await rows<{ intent: string }>(`select payment_intent_id as intent from payments where key = $1`, [
      `checkout:${body.id}`,
    ]);
    world.fake.hands.refundFromDashboard(paid?.intent ?? '');
    await eventually(async () => expect(await incidents()).toMatchObject([{ state: 'resolved' }]), {
      withinMs: 20_000,
    });
  });

  const incidents = () =>
    rows(`select state, message from incidents where cause = 'payment_review' and message like '%no longer open%'`);
});

describe('a card that is saved', () => {
  it('opens the next door', async () => {
    const { body } = await checkout({ user: user('regular'), mode: 'setup' }).expect(200);
    expect(body).toMatchObject({ mode: 'setup', amount: 0, currency: 'EUR', lines: [] });
    world.fake.hands.completeSetup(await sessionOf(body.id), 'pm_card_mastercard');
    expect((await read(body.id)).body.state).toBe('complete');
    const customer = await world.larder.post('/api/billing/customer', { user: user('regular') }).expect(200);
    expect(customer.body.card).toEqual({ brand: 'mastercard', last4: '4444' });
    const [saved] = await rows<{ method: string }>(
      `select default_payment_method_id as method from up_users where customer_id = 'regular'`,
    );
    expect(madeFor(emailOf('regular'))[0]?.invoice_settings.default_payment_method).toBe(saved?.method);

    const opened = await world.openWith('M1', 'regular', { amount: 2500, currency: 'EUR' });
    expect([opened.status, opened.text]).toEqual([200, expect.stringContaining('"open"')]);
    expect(world.fake.intents().at(-1)).toMatchObject({ payment_method: saved?.method, amount: 2500 });
    world.simulator.customer('M1').take('1001');
    world.simulator.customer('M1').close();
    const { id } = opened.body as { id: string };
    await world.untilPaid(id, 'captured');
    const receipt = await world.larder.get(`/api/billing/receipts/${id}`).expect(200);
    const page = await fetch(receipt.body.url as string);
    expect([page.status, await page.text()]).toEqual([200, expect.stringContaining('Mastercard •••• 4444')]);
  });

  it('is not put back by an older form that is told of late', async () => {
    const first = await checkout({ user: user('changeable'), mode: 'setup' }).expect(200);
    const second = await checkout({ user: user('changeable'), mode: 'setup' }).expect(200);
    world.fake.hands.completeSetup(await sessionOf(first.body.id), 'pm_card_visa');
    world.fake.hands.completeSetup(await sessionOf(second.body.id), 'pm_card_mastercard');
    expect((await read(second.body.id)).body.state).toBe('complete');
    expect((await read(first.body.id)).body.state).toBe('complete');
    const { body } = await world.larder.post('/api/billing/customer', { user: user('changeable') }).expect(200);
    expect(body.card).toEqual({ brand: 'mastercard', last4: '4444' });
  });
});

it('asked the fake for nothing that Stripe does not know', () => {
  expect(world.fake.unknown).toEqual([]);
});
