import type Stripe from 'stripe';
import { failure, holdOf, stage, type Stage } from '../testing/stage';

const DAY = 86_400_000;
let it_: Stage;
beforeEach(async () => {
  it_ = await stage();
});
afterEach(async () => {
  expect(it_.fake.unknown).toEqual([]);
  await it_.fake.stop();
});

test('a hold is captured in part, once, and the fee is taken', async () => {
  const { fake, stripe, hold } = it_;
  const held = await hold();
  expect(held).toMatchObject({ status: 'requires_capture', amount_capturable: 2500, amount_received: 0 });
  const charge = held.latest_charge as Stripe.Charge;
  expect(charge.payment_method_details?.card).toMatchObject({
    last4: '4242',
    capture_before: charge.created + 7 * 86_400,
  });

  const captured = await stripe.paymentIntents.capture(held.id, {
    amount_to_capture: 700,
    expand: ['latest_charge.balance_transaction'],
  });
  expect(captured).toMatchObject({ status: 'succeeded', amount_received: 700, amount_capturable: 0 });
  const paid = captured.latest_charge as Stripe.Charge;
  expect(paid).toMatchObject({ captured: true, amount_captured: 700, amount_refunded: 1800, refunded: false });
  expect(paid.balance_transaction).toMatchObject({ amount: 700, fee: 36, net: 664, type: 'charge' });

  const again = await failure(stripe.paymentIntents.capture(held.id));
  expect(again).toMatchObject({ statusCode: 400, code: 'payment_intent_unexpected_state' });
  expect(again.payment_intent).toMatchObject({ id: held.id, status: 'succeeded' });
  expect(fake.captures()).toMatchObject([{ paymentIntent: held.id, amount: 700, by: 'api' }]);
});

test('no more is captured than is held', async () => {
  const { fake, stripe, hold } = it_;
  const { id } = await hold();
  expect(await failure(stripe.paymentIntents.capture(id, { amount_to_capture: 2501 }))).toMatchObject({
    statusCode: 400,
    code: 'amount_too_large',
  });
  expect(fake.captures()).toEqual([]);
});

test('a hold is let go of once, and never after it was captured', async () => {
  const { stripe, hold } = it_;
  const first = await hold();
  expect(await stripe.paymentIntents.cancel(first.id)).toMatchObject({ status: 'canceled', amount_capturable: 0 });
  expect(await failure(stripe.paymentIntents.cancel(first.id))).toMatchObject({
    code: 'payment_intent_unexpected_state',
  });
  const second = await hold();
  await stripe.paymentIntents.capture(second.id);
  expect(await failure(stripe.paymentIntents.cancel(second.id))).toMatchObject({
    code: 'payment_intent_unexpected_state',
  });
});

test('a hold lapses by the clock of the fake after seven days', async () => {
  const { fake, stripe, hold } = it_;
  const { id } = await hold();
  fake.time.advance(7 * DAY - 60_000);
  expect((await stripe.paymentIntents.retrieve(id)).status).toBe('requires_capture');
  fake.time.advance(120_000);
  expect(await stripe.paymentIntents.retrieve(id)).toMatchObject({
    status: 'canceled',
    cancellation_reason: 'automatic',
  });
  const { data } = await stripe.events.list({ types: ['payment_intent.canceled', 'charge.expired'] });
  expect(data.map(({ type }) => type)).toEqual(['payment_intent.canceled', 'charge.expired']);
  expect(await failure(stripe.paymentIntents.capture(id))).toMatchObject({ code: 'payment_intent_unexpected_state' });
});

test.each([
  ['pm_card_chargeDeclined', 'card_declined', 'generic_decline'],
  ['pm_card_chargeDeclinedInsufficientFunds', 'card_declined', 'insufficient_funds'],
  ['pm_card_chargeDeclinedExpiredCard', 'expired_card', ''],
])('%s is declined', async (card, code, declineCode) => {
  const error = await failure(it_.hold(card));
  expect(error).toMatchObject({ type: 'StripeCardError', statusCode: 402, code });
  expect(error.decline_code).toBe(declineCode);
  expect(error.payment_intent).toMatchObject({ status: 'requires_payment_method', last_payment_error: { code } });
});

test('authentication is refused off session, and the customer can make up for it', async () => {
  const { fake, stripe, hold } = it_;
  const error = await failure(hold('pm_card_authenticationRequired'));
  expect(error).toMatchObject({ statusCode: 402, code: 'authentication_required' });
  const id = String(error.payment_intent?.id);
  expect(error.payment_intent?.status).toBe('requires_payment_method');
  fake.hands.authenticate(id);
  expect((await stripe.paymentIntents.retrieve(id)).status).toBe('requires_capture');
});

test('authentication on session asks for the next action', async () => {
  const { fake, stripe, customerWith } = it_;
  const { customer, card } = await customerWith('pm_card_authenticationRequired');
  const { off_session: _off, ...onSession } = holdOf(customer, card);
  const intent = await stripe.paymentIntents.create({ ...onSession, return_url: 'https://example.com/back' });
  expect(intent).toMatchObject({ status: 'requires_action', next_action: { type: 'redirect_to_url' } });
  expect(intent.client_secret).toMatch(/^pi_\w+_secret_\w+$/);
  fake.hands.cancelFromDashboard(intent.id);
  expect((await stripe.paymentIntents.retrieve(intent.id)).status).toBe('canceled');
});

test("somebody else's card is refused", async () => {
  const { stripe, customerWith } = it_;
  const { card } = await customerWith();
  const { customer } = await customerWith();
  expect(await failure(stripe.paymentIntents.create(holdOf(customer, card)))).toMatchObject({ statusCode: 400 });
});
