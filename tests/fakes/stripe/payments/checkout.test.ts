import type Stripe from 'stripe';
import { failure, stage, type Stage } from '../testing/stage';

let it_: Stage;
beforeEach(async () => {
  it_ = await stage();
});
afterEach(async () => {
  expect(it_.fake.unknown).toEqual([]);
  await it_.fake.stop();
});

const embedded: Stripe.Checkout.SessionCreateParams = {
  mode: 'payment',
  ui_mode: 'embedded_page',
  return_url: 'https://example.com/done?session={CHECKOUT_SESSION_ID}',
  client_reference_id: 'order-1',
  metadata: { order: '1' },
  payment_intent_data: { metadata: { order: '1' } },
  line_items: [
    { quantity: 2, price_data: { currency: 'eur', unit_amount: 450, product_data: { name: 'Salad' } } },
    { quantity: 1, price_data: { currency: 'eur', unit_amount: 300, product_data: { name: 'Mousse' } } },
  ],
};

test('a session is paid, and its intent made with it', async () => {
  const { fake, stripe } = it_;
  const made = await stripe.checkout.sessions.create(embedded);
  expect(made).toMatchObject({ status: 'open', payment_status: 'unpaid', amount_total: 1200, payment_intent: null });
  expect(made.client_secret).toContain(`${made.id}_secret_`);
  expect(made.url).toBeNull();
  expect(fake.hands.declineCheckout(made.id)).toMatchObject({ kind: 'declined', code: 'card_declined' });
  expect(fake.hands.payCheckout(made.id)).toEqual({ kind: 'complete' });
  const paid = await stripe.checkout.sessions.retrieve(made.id, {
    expand: ['line_items', 'payment_intent.latest_charge.balance_transaction'],
  });
  expect(paid).toMatchObject({ status: 'complete', payment_status: 'paid', client_reference_id: 'order-1' });
  expect(paid.line_items?.data.map(({ description }) => description)).toEqual(['Salad', 'Mousse']);
  expect(paid.payment_intent).toMatchObject({ status: 'succeeded', amount_received: 1200, metadata: { order: '1' } });
  expect(fake.captures()).toMatchObject([{ amount: 1200, by: 'automatic' }]);
  expect(() => fake.hands.payCheckout(made.id)).toThrow('complete');
});

test('money that a session only holds is not paid until it is captured', async () => {
  const { fake, stripe } = it_;
  const { id } = await stripe.checkout.sessions.create({
    ...embedded,
    payment_intent_data: { capture_method: 'manual' },
  });
  fake.hands.payCheckout(id);
  const held = await stripe.checkout.sessions.retrieve(id);
  expect(held).toMatchObject({ status: 'complete', payment_status: 'unpaid' });
  fake.hands.captureFromDashboard(String(held.payment_intent));
  expect((await stripe.checkout.sessions.retrieve(id)).payment_status).toBe('paid');
});

test('a card is saved for the customer, and used when they are away', async () => {
  const { fake, stripe } = it_;
  const { id: customer } = await stripe.customers.create({ email: 'anna@example.com' });
  const { id } = await stripe.checkout.sessions.create({
    mode: 'setup',
    currency: 'eur',
    customer,
    success_url: 'https://example.com/saved',
  });
  expect(fake.hands.completeSetup(id, 'pm_card_chargeDeclined')).toMatchObject({ kind: 'declined' });
  const open = await stripe.checkout.sessions.retrieve(id, { expand: ['setup_intent'] });
  expect(open).toMatchObject({ status: 'open', setup_intent: { last_setup_error: { code: 'card_declined' } } });
  fake.hands.completeSetup(id, 'pm_card_authenticationRequiredOnSetup');
  const done = await stripe.checkout.sessions.retrieve(id, { expand: ['setup_intent.payment_method'] });
  expect(done).toMatchObject({ status: 'complete', payment_status: 'no_payment_required' });
  const setup = done.setup_intent as Stripe.SetupIntent;
  expect(setup).toMatchObject({
    status: 'succeeded',
    last_setup_error: null,
    payment_method: { customer, card: { last4: '3155' } },
  });
  const { data } = await stripe.paymentMethods.list({ customer, type: 'card' });
  expect(data).toHaveLength(1);
  const hold = await stripe.paymentIntents.create({
    amount: 2500,
    currency: 'eur',
    customer,
    payment_method: String(data[0]?.id),
    confirm: true,
    off_session: true,
  });
  expect(hold.status).toBe('succeeded');
});

test('a session expires by hand, by the API and by the clock', async () => {
  const { fake, stripe } = it_;
  const [first, second, third] = [
    await stripe.checkout.sessions.create(embedded),
    await stripe.checkout.sessions.create(embedded),
    await stripe.checkout.sessions.create({ ...embedded, expires_at: fake.time.seconds() + 3600 }),
  ];
  fake.hands.expireCheckout(first.id);
  await stripe.checkout.sessions.expire(second.id);
  fake.time.advance(3_700_000);
  const { data } = await stripe.checkout.sessions.list({ status: 'expired' });
  expect(data.map(({ id }) => id).sort()).toEqual([first.id, second.id, third.id].sort());
  expect(await failure(stripe.checkout.sessions.expire(first.id))).toMatchObject({ statusCode: 400 });
  const { data: events } = await stripe.events.list({ type: 'checkout.session.expired' });
  expect(events).toHaveLength(3);
});

test.each<[string, string, Stripe.Checkout.SessionCreateParams]>([
  ['the word of before 2026', 'ui_mode', { ...embedded, ui_mode: 'embedded' }],
  ['nowhere to return to', 'return_url', { ...embedded, return_url: undefined }],
  ['a success page for an embedded one', 'success_url', { ...embedded, success_url: 'https://example.com' }],
  ['nothing to pay', 'line_items', { ...embedded, line_items: undefined }],
  ['no currency to save for', 'currency', { mode: 'setup', success_url: 'https://example.com' }],
  ['an unknown customer', 'customer', { ...embedded, customer: 'cus_nobody' }],
  ['an expiry too soon', 'expires_at', { ...embedded, expires_at: 1 }],
])('refuses %s', async (_why, param, params) => {
  expect(await failure(it_.stripe.checkout.sessions.create(params))).toMatchObject({ param });
  expect(it_.fake.sessions()).toEqual([]);
});
