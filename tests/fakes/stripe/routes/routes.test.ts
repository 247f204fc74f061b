import { routes } from '.';
import { failure, stage, type Stage } from '../testing/stage';
import Stripe from 'stripe';

let it_: Stage;
beforeEach(async () => {
  it_ = await stage();
});
afterEach(async () => {
  await it_.fake.stop();
});

test('every route answers something that the package understands', async () => {
  const { fake, stripe, customerWith } = it_;
  const { customer, card } = await customerWith();
  const spare = await stripe.paymentMethods.attach('pm_card_mastercard', { customer });
  await stripe.customers.update(customer, { invoice_settings: { default_payment_method: card }, metadata: { a: 'b' } });
  expect(
    await stripe.customers.retrieve(customer, { expand: ['invoice_settings.default_payment_method'] }),
  ).toMatchObject({
    metadata: { a: 'b' },
    invoice_settings: { default_payment_method: { id: card, card: { brand: 'visa' } } },
  });
  expect((await stripe.customers.list({ email: 'anna@example.com' })).data).toHaveLength(1);
  expect((await stripe.customers.listPaymentMethods(customer)).data.map(({ id }) => id)).toEqual([spare.id, card]);
  expect((await stripe.paymentMethods.list({ customer })).data).toHaveLength(2);
  expect((await stripe.paymentMethods.detach(spare.id)).customer).toBeNull();
  expect((await stripe.paymentMethods.retrieve(spare.id)).card?.last4).toBe('4444');

  const intent = await stripe.paymentIntents.create({
    amount: 1000,
    currency: 'EUR',
    customer,
    capture_method: 'manual',
  });
  expect(intent).toMatchObject({ status: 'requires_payment_method', currency: 'eur' });
  await stripe.paymentIntents.update(intent.id, { amount: 1200, metadata: { order: '7' } });
  const held = await stripe.paymentIntents.confirm(intent.id, { payment_method: card, off_session: true });
  expect(held).toMatchObject({ status: 'requires_capture', amount_capturable: 1200, metadata: { order: '7' } });
  const captured = await stripe.paymentIntents.capture(intent.id);
  expect((await stripe.paymentIntents.retrieve(intent.id)).latest_charge).toBe(captured.latest_charge);
  expect((await stripe.paymentIntents.list({ customer })).data).toMatchObject([{ id: intent.id, status: 'succeeded' }]);
  const charge = await stripe.charges.retrieve(String(captured.latest_charge), { expand: ['refunds'] });
  expect(charge).toMatchObject({ captured: true, refunds: { object: 'list', data: [] } });
  expect(await stripe.balanceTransactions.retrieve(String(charge.balance_transaction))).toMatchObject({ amount: 1200 });
  expect((await stripe.balanceTransactions.list({ type: 'charge', created: { gte: 1 } })).data).toHaveLength(1);
  const refund = await stripe.refunds.create({ payment_intent: intent.id, amount: 200 });
  expect((await stripe.refunds.retrieve(refund.id)).status).toBe('succeeded');
  expect((await stripe.refunds.list({ payment_intent: intent.id })).data).toHaveLength(1);
  const dispute = fake.hands.openDispute(intent.id);
  expect((await stripe.disputes.retrieve(dispute)).charge).toBe(charge.id);
  const other = await stripe.paymentIntents.create({ amount: 1000, currency: 'eur' });
  expect((await stripe.paymentIntents.cancel(other.id, { cancellation_reason: 'abandoned' })).status).toBe('canceled');

  const session = await stripe.checkout.sessions.create({
    mode: 'setup',
    currency: 'eur',
    customer,
    success_url: 'https://example.com',
  });
  expect((await stripe.setupIntents.retrieve(String(session.setup_intent))).status).toBe('requires_payment_method');
  expect((await stripe.checkout.sessions.retrieve(session.id)).url).toBe(`${fake.url}/c/pay/${session.id}`);
  expect((await stripe.checkout.sessions.listLineItems(session.id)).data).toEqual([]);
  expect((await stripe.checkout.sessions.list({ customer })).data).toHaveLength(1);
  expect((await stripe.checkout.sessions.expire(session.id)).status).toBe('expired');
  const invoice = fake.hands.finalizeInvoice({ customer, lines: [{ description: 'Meal', amount: 900 }] });
  expect((await stripe.invoices.retrieve(invoice)).number).toMatch(/-0001$/);
  expect((await stripe.invoices.list({ customer })).data).toHaveLength(1);
  expect((await stripe.invoicePayments.list({ invoice })).data).toEqual([]);
  const [newest] = (await stripe.events.list({ limit: 1 })).data;
  expect((await stripe.events.retrieve(String(newest?.id))).type).toBe('invoice.finalized');
  expect(await stripe.customers.del(customer)).toMatchObject({ id: customer, deleted: true });
  expect(await stripe.customers.retrieve(customer)).toMatchObject({ deleted: true });

  expect(fake.unknown).toEqual([]);
  const asked = routes.filter(({ method, match }) =>
    fake.requests.some((request) => request.method === method && match(request.method, request.path)),
  );
  expect(asked.map(({ method, path }) => `${method} ${path}`)).toEqual(
    routes.map(({ method, path }) => `${method} ${path}`),
  );
});

test('what the fake does not know is refused, and kept', async () => {
  const { fake, stripe } = it_;
  expect(await failure(stripe.subscriptions.list())).toMatchObject({ statusCode: 404 });
  expect(await failure(stripe.customers.list({ colour: 'red' } as Stripe.CustomerListParams))).toMatchObject({
    code: 'parameter_unknown',
  });
  expect(fake.unknown).toEqual([
    { method: 'GET', path: '/v1/subscriptions' },
    { method: 'GET', path: '/v1/customers', param: 'colour' },
  ]);
});

test('wrong keys, ids, types and expansions are refused as Stripe does', async () => {
  const { fake, stripe, hold } = it_;
  const stranger = new Stripe('sk_test_other', { host: fake.host, port: fake.port, protocol: 'http' });
  expect(await failure(stranger.customers.list())).toBeInstanceOf(Stripe.errors.StripeAuthenticationError);
  expect(await failure(stripe.paymentIntents.retrieve('pi_none'))).toMatchObject({
    statusCode: 404,
    code: 'resource_missing',
  });
  expect(await failure(stripe.paymentIntents.create({ amount: 2.5, currency: 'eur' }))).toMatchObject({
    code: 'parameter_invalid_integer',
    param: 'amount',
  });
  expect(await failure(stripe.paymentIntents.create({ currency: 'eur' } as never))).toMatchObject({
    code: 'parameter_missing',
    param: 'amount',
  });
  const { id } = await hold();
  expect(await failure(stripe.paymentIntents.retrieve(id, { expand: ['colour'] }))).toMatchObject({ statusCode: 400 });
  const error = await failure(stripe.invoices.list({ limit: 101 }));
  expect(error).toMatchObject({ statusCode: 400, param: 'limit' });
  expect(error.requestId).toMatch(/^req_/);
});

test('lists come newest first, a page at a time, and the package walks through them', async () => {
  const { fake, stripe } = it_;
  for (let index = 0; index < 25; index += 1) await stripe.customers.create({ email: `${index}@example.com` });
  const page = await stripe.customers.list({ limit: 10 });
  expect(page).toMatchObject({ has_more: true, data: { length: 10, 0: { email: '24@example.com' } } });
  const all = await stripe.customers.list({ limit: 10 }).autoPagingToArray({ limit: 100 });
  expect(all.map(({ email }) => email)).toEqual(Array.from({ length: 25 }, (_, index) => `${24 - index}@example.com`));
  const later = fake.time.seconds() + 10;
  fake.time.advance(20_000);
  await stripe.customers.create({ email: 'later@example.com' });
  expect((await stripe.customers.list({ created: { gt: later } })).data).toMatchObject([
    { email: 'later@example.com' },
  ]);
});

test('lists expand what is in them', async () => {
  const { stripe, hold } = it_;
  await hold();
  const { data } = await stripe.paymentIntents.list({ expand: ['data.latest_charge', 'data.payment_method'] });
  expect(data).toMatchObject([{ latest_charge: { object: 'charge' }, payment_method: { object: 'payment_method' } }]);
});

test('metadata is kept, added to, and unset key by key', async () => {
  const { stripe, hold } = it_;
  const { id } = await hold();
  await stripe.paymentIntents.update(id, { metadata: { order: '1', fridge: 'M1' } });
  const { metadata } = await stripe.paymentIntents.update(id, { metadata: { order: '', meal: 'salad' } });
  expect(metadata).toEqual({ fridge: 'M1', meal: 'salad' });
  expect((await stripe.paymentIntents.update(id, { metadata: '' })).metadata).toEqual({});
});
