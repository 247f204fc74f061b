/** Checkouts of a basket and of debts over REST, against the fake Stripe: prices, sessions, how they end. */
import supertest from 'supertest';
import { startCheckoutDesk, userNamed, type CheckoutDesk } from '../support/checkout-desk';
import { eventually } from '../support/eventually';
import { emailOf } from '../support/stripe-world';

let desk: CheckoutDesk;

beforeAll(async () => {
  desk = await startCheckoutDesk();
}, 120_000);
afterAll(() => desk?.world.stop());
afterEach(() => desk.world.fake.faults.clear());

describe('a checkout of a basket', () => {
  it('is priced by the catalogue, paid once, and in the ledger once', async () => {
    const { body } = await desk.checkout(
      desk.basket('buyer', {
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
      publishableKey: desk.world.fake.publishableKey,
      url: null,
      pageUrl: expect.stringContaining(`/billing/checkout/${body.id}?token=`),
      expiresAt: expect.any(String),
    });
    expect(Math.abs(Date.parse(body.expiresAt) - Date.now() - 86_400_000)).toBeLessThan(60_000);
    const session = desk.world.fake.sessions().find(({ id }) => body.clientSecret.startsWith(id));
    expect(session).toMatchObject({ client_reference_id: body.id, metadata: { larder_checkout: body.id } });
    desk.world.fake.hands.payCheckout(session?.id ?? '');

    const looks = await Promise.all(Array.from({ length: 5 }, () => desk.read(body.id)));
    for (const look of looks) expect(look.body).toMatchObject({ state: 'complete', clientSecret: null, pageUrl: null });
    const payments = await desk.rows(
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
    const ledger = await desk.ledgerOf(`checkout:${body.id}`);
    expect(ledger).toMatchObject({ sales: -1590 });
    expect((ledger.stripe ?? 0) + (ledger.fees ?? 0)).toBe(1590);
    expect(ledger.fees).toBeGreaterThan(0);
    expect(desk.world.fake.intents().find(({ id }) => id === session?.payment_intent)).toMatchObject({
      metadata: { larder_checkout: body.id },
    });
  });

  it('keeps no client secret anywhere', async () => {
    const { body } = await desk.checkout(desk.basket('discreet'));
    const secret = body.clientSecret as string;
    const [found] = await desk.rows<{ count: number }>(
      `select (select count(*) from checkouts where checkouts::text like '%' || $1 || '%')::int
        + (select count(*) from events where events::text like '%' || $1 || '%')::int
        + (select count(*) from pgboss.job where job::text like '%' || $1 || '%')::int as count`,
      [secret.slice(-20)],
    );
    expect(found?.count).toBe(0);
    expect(desk.world.larder.log()).not.toContain(secret.slice(-20));
  });

  it('is the same for the same Idempotency-Key, also at once and when prices change; another request is a conflict', async () => {
    const ask = (body: object, key: string) =>
      supertest(desk.world.larder.url)
        .post('/api/billing/checkout')
        .set({ Authorization: 'Bearer front-end-token-for-tests', 'Idempotency-Key': key })
        .send(body);
    const key = 'k'.repeat(255);
    const answers = await Promise.all(Array.from({ length: 5 }, () => ask(desk.basket('twice'), key)));
    expect(answers.map(({ status }) => status)).toEqual(Array(5).fill(200));
    const [first] = answers;
    for (const answer of answers) expect(answer.body).toEqual(first?.body);
    const customer = desk.madeFor(emailOf('twice'))[0]?.id;
    expect(desk.world.fake.sessions().filter((session) => session.customer === customer)).toHaveLength(1);

    await desk.rows(`update products set unit_amount = 660 where sku = '1001'`);
    const again = await ask({ lines: [{ quantity: 2, sku: '1001' }], user: userNamed('twice') }, key);
    await desk.rows(`update products set unit_amount = 650 where sku = '1001'`);
    expect(again.body).toEqual(first?.body);
    const conflict = await ask(desk.basket('twice', { lines: [{ sku: '1001', quantity: 3 }] }), key);
    expect([conflict.status, conflict.body.error.details.code]).toEqual([409, 'idempotency_conflict']);
    const another = await ask(desk.basket('twice'), 'another');
    expect(another.body.id).not.toBe(first?.body.id);
  });

  it.each([
    ['took effect and was never answered', () => desk.world.fake.faults.timeoutAfter('POST /v1/checkout/sessions')],
    ['failed with a 500 that Stripe keeps', () => desk.world.fake.faults.errorAfter(500, 'POST /v1/checkout/sessions')],
    ['met a lock', () => desk.world.fake.faults.lockTimeout('POST /v1/checkout/sessions')],
  ])('has one session where the first call %s', async (what, strike) => {
    const name = `session-${what.length}`;
    await desk.world.larder.post('/api/billing/customer', { user: userNamed(name) }).expect(200);
    strike();
    const { body } = await desk.checkout(desk.basket(name)).expect(200);
    expect(body).toMatchObject({ state: 'open', clientSecret: expect.any(String) });
    const customer = desk.madeFor(emailOf(name))[0]?.id;
    expect(desk.world.fake.sessions().filter((session) => session.customer === customer)).toHaveLength(1);
  });

  it('names what is wrong with a line', async () => {
    await desk.rows(`update products set active = false where sku = '1008'`);
    await desk.rows(`update products set currency = 'USD' where sku = '1007'`);
    const faultsOf = async (body: object) => {
      const response = await desk.checkout(body);
      expect(response.status).toBe(400);
      return (response.body.error.details.errors as { field: string }[]).map(({ field }) => field);
    };
    const lines = (...skus: string[]) => desk.basket('picky', { lines: skus.map((sku) => ({ sku, quantity: 1 })) });
    expect(await faultsOf(lines('nonsense'))).toEqual(['lines.0.sku']);
    expect(await faultsOf(lines('1001', '1008'))).toEqual(['lines.1.sku']);
    expect(await faultsOf(lines('1001', '1007'))).toEqual(['lines.1.sku']);
    expect(await faultsOf(desk.basket('picky', { lines: [{ sku: '1001', quantity: 0 }] }))).toEqual([
      'lines.0.quantity',
    ]);
    expect(await faultsOf(desk.basket('picky', { debts: true }))).toEqual(['lines']);
    expect(await faultsOf({ user: userNamed('picky') })).toEqual(['lines']);
    expect(await faultsOf(desk.basket('picky', { mode: 'setup' }))).toEqual(['lines']);
    expect(await faultsOf(desk.basket('picky', { amount: 1, mode: 'gift' }))).toEqual(['mode']);
    expect(
      await desk.rows(`select from checkouts c join checkouts_user_lnk l on l.checkout_id = c.id
      join up_users u on u.id = l.user_id where u.customer_id = 'picky'`),
    ).toEqual([]);
  });

  it('leads back only to Larder and to the front ends it knows', async () => {
    const at = (returnUrl: string) => desk.checkout(desk.basket('returning', { returnUrl }));
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
    const session = desk.world.fake.sessions().find(({ id }) => body.clientSecret.startsWith(id));
    expect(session?.return_url).toBe('https://shop.example/done?order=7');
  });

  it('is hosted by Stripe on request, declined, paid with another card, and may expire', async () => {
    const { body } = await desk.checkout(desk.basket('guest', { ui: 'hosted' })).expect(200);
    expect(body).toMatchObject({ clientSecret: null, pageUrl: null, url: expect.stringMatching(/^http/) });
    const session = await desk.sessionOf(body.id);
    desk.world.fake.hands.declineCheckout(session, 'insufficient_funds');
    expect((await desk.read(body.id)).body).toMatchObject({ state: 'declined', url: body.url });
    desk.world.fake.hands.payCheckout(session);
    expect((await desk.read(body.id)).body).toMatchObject({ state: 'complete', url: null });

    const { body: left } = await desk.checkout(desk.basket('guest')).expect(200);
    desk.world.fake.hands.expireCheckout(await desk.sessionOf(left.id));
    expect((await desk.read(left.id)).body).toMatchObject({ state: 'expired', clientSecret: null, pageUrl: null });
  });

  it('is answered as it is known while Stripe is away', async () => {
    const { body } = await desk.checkout(desk.basket('meanwhile')).expect(200);
    desk.world.fake.hands.payCheckout(await desk.sessionOf(body.id));
    desk.world.fake.faults.down(true);
    expect((await desk.read(body.id)).body).toMatchObject({ state: 'open', clientSecret: null });
    desk.world.fake.faults.down(false);
    for (let tries = 0; tries < 40 && (await desk.read(body.id)).body.state !== 'complete'; tries += 1)
      await new Promise((resolve) => setTimeout(resolve, 250));
    expect((await desk.read(body.id)).body).toMatchObject({ state: 'complete' });
  });
});

it('is settled by the sweep where no webhook told and nobody looked', async () => {
  const { body } = await desk.checkout(desk.basket('silent')).expect(200);
  const state = async () =>
    (await desk.rows(`select state from checkouts where document_id = $1`, [body.id]))[0]?.state;
  // Stripe's list of events would tell as well.
  desk.world.fake.faults.rateLimit(1000, 'GET /v1/events');
  desk.world.fake.hands.payCheckout(await desk.sessionOf(body.id));
  await desk.rows(`update checkouts set updated_at = now() - interval '6 minutes' where document_id = $1`, [body.id]);
  for (let tries = 0; tries < 40 && (await state()) !== 'complete'; tries += 1)
    await new Promise((resolve) => setTimeout(resolve, 250));
  expect(await state()).toBe('complete');
  expect(await desk.ledgerOf(`checkout:${body.id}`)).toMatchObject({ sales: -1300 });
});

describe('a checkout of debts', () => {
  it('settles all of them, and opens doors again', async () => {
    await desk.owe('debtor', 300);
    await desk.owe('debtor', 450);
    const { body } = await desk.checkout({ user: userNamed('debtor'), debts: true }).expect(200);
    expect(body).toMatchObject({
      amount: 750,
      lines: [
        { sku: null, amount: 300 },
        { sku: null, amount: 450 },
      ],
    });
    // Asked again there is one form, and another way of paying closes the first.
    const again = await desk.checkout({ user: userNamed('debtor'), debts: true }).expect(200);
    expect(again.body.id).toBe(body.id);
    const hosted = await desk.checkout({ user: userNamed('debtor'), debts: true, ui: 'hosted' }).expect(200);
    expect(hosted.body.id).not.toBe(body.id);
    expect((await desk.read(body.id)).body.state).toBe('expired');

    desk.world.fake.hands.payCheckout(await desk.sessionOf(hosted.body.id));
    expect((await desk.read(hosted.body.id)).body.state).toBe('complete');
    expect(
      await desk.rows(
        `select d.state, d.ended_at is not null as ended from debts d join debts_user_lnk l on l.debt_id = d.id
         join up_users u on u.id = l.user_id where u.customer_id = 'debtor'`,
      ),
    ).toEqual(Array(2).fill({ state: 'settled', ended: true }));
    const ledger = await desk.ledgerOf(`checkout:${hosted.body.id}`);
    expect(ledger).toMatchObject({ receivable: -750 });
    expect(ledger.sales).toBeUndefined();
    const nothing = await desk.checkout({ user: userNamed('debtor'), debts: true });
    expect([nothing.status, nothing.body.error.details.code]).toEqual([409, 'nothing_owed']);
  });

  it('comes before a person where a debt was forgiven while its form was open', async () => {
    const debt = await desk.owe('lucky', 500);
    const { body } = await desk.checkout({ user: userNamed('lucky'), debts: true }).expect(200);
    await desk.rows(`update debts set state = 'forgiven' where document_id = $1`, [debt]);
    desk.world.fake.hands.payCheckout(await desk.sessionOf(body.id));
    expect((await desk.read(body.id)).body.state).toBe('complete');
    expect(await desk.ledgerOf(`checkout:${body.id}`)).toMatchObject({ sales: -500 });
    expect(await desk.rows(`select state from debts where document_id = $1`, [debt])).toEqual([{ state: 'forgiven' }]);
    for (let tries = 0; tries < 40 && (await incidents()).length === 0; tries += 1)
      await new Promise((resolve) => setTimeout(resolve, 250));
    expect(await incidents()).toMatchObject([{ state: 'open', message: expect.stringContaining('5 EUR') }]);
    const [paid] = await desk.rows<{ intent: string }>(
      `select payment_intent_id as intent from payments where key = $1`,
      [`checkout:${body.id}`],
    );
    desk.world.fake.hands.refundFromDashboard(paid?.intent ?? '');
    await eventually(async () => expect(await incidents()).toMatchObject([{ state: 'resolved' }]), {
      withinMs: 20_000,
    });
  });

  const incidents = () =>
    desk.rows(
      `select state, message from incidents where cause = 'payment_review' and message like '%no longer open%'`,
    );
});

it('asked the fake for nothing that Stripe does not know', () => {
  expect(desk.world.fake.unknown).toEqual([]);
});
