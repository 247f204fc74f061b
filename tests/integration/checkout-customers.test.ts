/** Who may check out and see it, the customer at Stripe that is made for them once, and the card they save. */
import supertest from 'supertest';
import { startCheckoutDesk, userNamed, type CheckoutDesk } from '../support/checkout-desk';
import { register } from '../support/customers';
import { eventually } from '../support/eventually';
import type { Larder } from '../support/larder';
import { emailOf } from '../support/stripe-world';

let desk: CheckoutDesk;

beforeAll(async () => {
  desk = await startCheckoutDesk();
}, 120_000);
afterAll(() => desk?.world.stop());
afterEach(() => desk.world.fake.faults.clear());

describe('a customer at Stripe', () => {
  it('is made once by ten calls at once, on two instances', async () => {
    const second = await desk.world.startAnother();
    const { jwt, userId } = await register(desk.world.larder, 'ten-at-once');
    const ask = (larder: Larder) => larder.post('/api/billing/customer', {}, jwt);
    const answers = await Promise.all(Array.from({ length: 10 }, (_, n) => ask(n % 2 ? second : desk.world.larder)));
    expect(answers.map(({ status }) => status)).toEqual(Array(10).fill(200));
    expect(new Set(answers.map(({ body }) => body.stripeCustomerId)).size).toBe(1);
    const made = desk.madeFor('ten-at-once@registered.example');
    expect(made).toHaveLength(1);
    const [row] = await desk.rows<{ document_id: string; stripe_customer_id: string }>(
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
    ['took effect and was never answered', () => desk.world.fake.faults.timeoutAfter('POST /v1/customers')],
    ['never arrived', () => desk.world.fake.faults.timeoutBefore('POST /v1/customers')],
    ['failed with a 500 that Stripe keeps', () => desk.world.fake.faults.errorAfter(500, 'POST /v1/customers')],
  ])('is made once where the first call %s', async (what, strike) => {
    strike();
    const name = `unclear-${what.length}`;
    const { body } = await desk.world.larder.post('/api/billing/customer', { user: userNamed(name) }).expect(200);
    expect(body).toMatchObject({ customerId: name });
    expect(desk.madeFor(emailOf(name))).toMatchObject([{ id: body.stripeCustomerId }]);
  });

  it('is asked for again under the same key after a time-out of the caller, and with another e-mail found all the same', async () => {
    desk.world.fake.faults.timeoutAfter('POST /v1/customers');
    desk.world.fake.faults.timeoutBefore('GET /v1/customers', { times: 6 });
    const first = await desk.world.larder.post('/api/billing/customer', { user: userNamed('mover') });
    expect(first.status).toBe(503);
    expect(first.body.error.details.code).toBe('payments_unavailable');
    desk.world.fake.faults.clear();
    const moved = { id: 'mover', email: 'moved@example.com' };
    const { body } = await desk.world.larder.post('/api/billing/customer', { user: moved }).expect(200);
    expect(desk.madeFor(emailOf('mover'))).toMatchObject([{ id: body.stripeCustomerId }]);
    expect(desk.madeFor('moved@example.com')).toEqual([]);
  });

  it('is 503 with Stripe away, and made when it is back', async () => {
    desk.world.fake.faults.down(true);
    const away = await desk.world.larder.post('/api/billing/customer', { user: userNamed('patient') });
    expect([away.status, away.body.error.details.code]).toEqual([503, 'payments_unavailable']);
    desk.world.fake.faults.down(false);
    await eventually200(() => desk.world.larder.post('/api/billing/customer', { user: userNamed('patient') }));
    expect(desk.madeFor(emailOf('patient'))).toHaveLength(1);
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
    await supertest(desk.world.larder.url).post('/api/billing/checkout').send(desk.basket('anybody')).expect(403);
    const { jwt } = await register(desk.world.larder, 'themselves');
    const other = await desk.checkout(desk.basket('somebody-else'), jwt);
    expect([other.status, other.body.error.details.code]).toEqual([403, 'other_customer']);
    const taken = await desk.checkout({
      ...desk.basket('newcomer'),
      user: { id: 'newcomer', email: emailOf('mover2') },
    });
    expect(taken.status).toBe(200);
    const conflict = await desk.checkout({ ...desk.basket('x'), user: { id: 'late', email: emailOf('mover2') } });
    expect([conflict.status, conflict.body.error.details.code]).toEqual([409, 'customer_conflict']);
    await desk.rows(`update up_users set blocked = true where customer_id = 'newcomer'`);
    const blocked = await desk.checkout({
      ...desk.basket('newcomer'),
      user: { id: 'newcomer', email: emailOf('mover2') },
    });
    expect([blocked.status, blocked.body.error.details.code]).toEqual([403, 'customer_blocked']);
    const nobody = await desk.checkout({ lines: [{ sku: '1001', quantity: 1 }] });
    expect([nobody.status, nobody.body.error.details.errors[0].field]).toEqual([400, 'user']);
  });

  it('sees their own checkouts only; the front end sees all', async () => {
    const { jwt } = await register(desk.world.larder, 'owner');
    const { jwt: stranger } = await register(desk.world.larder, 'stranger');
    const { body } = await desk.checkout({ lines: [{ sku: '1002', quantity: 1 }] }, jwt).expect(200);
    await desk.read(body.id, jwt).expect(200);
    await desk.read(body.id).expect(200);
    const denied = await desk.read(body.id, stranger);
    expect([denied.status, denied.body.error.details.code]).toEqual([404, 'checkout_not_found']);
    desk.world.fake.hands.payCheckout(await desk.sessionOf(body.id));
    await desk.read(body.id, jwt).expect(200);
    await desk.world.larder.get(`/api/billing/receipts/${body.id}`, stranger).expect(404);
    await desk.world.larder.get(`/api/billing/receipts/${body.id}`, jwt).expect(200);
  });
});

describe('a card that is saved', () => {
  it('opens the next door', async () => {
    const { body } = await desk.checkout({ user: userNamed('regular'), mode: 'setup' }).expect(200);
    expect(body).toMatchObject({ mode: 'setup', amount: 0, currency: 'EUR', lines: [] });
    const session = await desk.sessionOf(body.id);
    desk.world.fake.hands.completeSetup(session, 'pm_card_chargeDeclined');
    expect((await desk.read(body.id)).body.state).toBe('declined');
    desk.world.fake.hands.completeSetup(session, 'pm_card_mastercard');
    expect((await desk.read(body.id)).body.state).toBe('complete');
    const customer = await desk.world.larder.post('/api/billing/customer', { user: userNamed('regular') }).expect(200);
    expect(customer.body.card).toEqual({ brand: 'mastercard', last4: '4444' });
    const [saved] = await desk.rows<{ method: string }>(
      `select default_payment_method_id as method from up_users where customer_id = 'regular'`,
    );
    expect(desk.madeFor(emailOf('regular'))[0]?.invoice_settings.default_payment_method).toBe(saved?.method);

    const opened = await desk.world.openWith('M1', 'regular', { amount: 2500, currency: 'EUR' });
    expect([opened.status, opened.text]).toEqual([200, expect.stringContaining('"open"')]);
    expect(desk.world.fake.intents().at(-1)).toMatchObject({ payment_method: saved?.method, amount: 2500 });
    desk.world.simulator.customer('M1').take('1001');
    desk.world.simulator.customer('M1').close();
    const { id } = opened.body as { id: string };
    await desk.world.untilPaid(id, 'captured');
    const receipt = await desk.world.larder.get(`/api/billing/receipts/${id}`).expect(200);
    const page = await fetch(receipt.body.url as string);
    expect([page.status, await page.text()]).toEqual([200, expect.stringContaining('Mastercard •••• 4444')]);
  });

  it('is not put back by an older form that is told of late', async () => {
    const first = await desk.checkout({ user: userNamed('changeable'), mode: 'setup' }).expect(200);
    const second = await desk.checkout({ user: userNamed('changeable'), mode: 'setup' }).expect(200);
    desk.world.fake.hands.completeSetup(await desk.sessionOf(first.body.id), 'pm_card_visa');
    desk.world.fake.hands.completeSetup(await desk.sessionOf(second.body.id), 'pm_card_mastercard');
    expect((await desk.read(second.body.id)).body.state).toBe('complete');
    expect((await desk.read(first.body.id)).body.state).toBe('complete');
    const { body } = await desk.world.larder
      .post('/api/billing/customer', { user: userNamed('changeable') })
      .expect(200);
    expect(body.card).toEqual({ brand: 'mastercard', last4: '4444' });
  });

  it('is the later one here and at Stripe, also where Stripe takes its time over the older one meanwhile', async () => {
    const { hands, faults } = desk.world.fake;
    const first = await desk.checkout({ user: userNamed('hasty'), mode: 'setup' }).expect(200);
    const second = await desk.checkout({ user: userNamed('hasty'), mode: 'setup' }).expect(200);
    const fault = faults.slow(600, 'POST /v1/customers/*');
    hands.completeSetup(await desk.sessionOf(first.body.id), 'pm_card_visa');
    await eventually(() => expect(fault.left).toBe(0), { everyMs: 5 });
    hands.completeSetup(await desk.sessionOf(second.body.id), 'pm_card_mastercard');
    await eventually(async () => expect((await desk.read(second.body.id)).body.state).toBe('complete'));
    const unfinished = `select state from checkouts where document_id = $1 and state <> 'complete'
      union all select state from stripe_events where state not in ('done', 'ignored')`;
    await eventually(async () => expect(await desk.rows(unfinished, [first.body.id])).toEqual([]));
    const [saved] = await desk.rows<{ method: string; digits: string }>(
      `select default_payment_method_id as method, card_last_4 as digits from up_users where customer_id = 'hasty'`,
    );
    expect(saved?.digits).toBe('4444');
    expect(desk.madeFor(emailOf('hasty'))[0]?.invoice_settings.default_payment_method).toBe(saved?.method);
  });
});

it('asked the fake for nothing that Stripe does not know', () => {
  expect(desk.world.fake.unknown).toEqual([]);
});
