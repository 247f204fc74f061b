import Stripe from 'stripe';
import { failure, holdOf, stage, type Stage } from '../testing/stage';

let it_: Stage;
beforeEach(async () => {
  it_ = await stage();
});
afterEach(async () => {
  await it_.fake.stop();
});

const replayed = ({ lastResponse }: Stripe.Response<unknown>) => lastResponse.headers['idempotent-replayed'];

test('the same key answers the same, and does it once', async () => {
  const { fake, stripe, hold } = it_;
  const { id } = await hold();
  const first = await stripe.paymentIntents.capture(id, { amount_to_capture: 900 }, { idempotencyKey: 'k1' });
  const second = await stripe.paymentIntents.capture(id, { amount_to_capture: 900 }, { idempotencyKey: 'k1' });
  expect(second).toEqual(first);
  expect([replayed(first), replayed(second)]).toEqual([undefined, 'true']);
  expect(fake.captures()).toMatchObject([{ amount: 900, idempotencyKey: 'k1' }]);
});

test('the same key with other parameters, or elsewhere, is refused', async () => {
  const { stripe } = it_;
  await stripe.customers.create({ email: 'a@example.com' }, { idempotencyKey: 'k' });
  const other = await failure(stripe.customers.create({ email: 'b@example.com' }, { idempotencyKey: 'k' }));
  expect(other).toBeInstanceOf(Stripe.errors.StripeIdempotencyError);
  expect(other.statusCode).toBe(400);
  const { id } = await it_.hold();
  await stripe.paymentIntents.capture(id, {}, { idempotencyKey: 'k2' });
  const elsewhere = await failure(stripe.paymentIntents.cancel(id, {}, { idempotencyKey: 'k2' }));
  expect(elsewhere).toBeInstanceOf(Stripe.errors.StripeIdempotencyError);
});

test('two at once with one key: the second is told that it is in use', async () => {
  const { fake, stripe } = it_;
  fake.faults.slow(300, 'POST /v1/customers');
  const first = stripe.customers.create({ email: 'a@example.com' }, { idempotencyKey: 'k' });
  await new Promise((resolve) => setTimeout(resolve, 100));
  expect(await failure(stripe.customers.create({ email: 'a@example.com' }, { idempotencyKey: 'k' }))).toMatchObject({
    statusCode: 409,
    code: 'idempotency_key_in_use',
  });
  await first;
  expect(fake.customers()).toHaveLength(1);
});

test('a decline is kept under its key', async () => {
  const { fake, stripe, customerWith } = it_;
  const { customer, card } = await customerWith('pm_card_chargeDeclined');
  const ask = () => failure(stripe.paymentIntents.create(holdOf(customer, card), { idempotencyKey: 'k' }));
  const [first, second] = [await ask(), await ask()];
  expect(second.payment_intent?.id).toBe(first.payment_intent?.id);
  expect(fake.intents()).toHaveLength(1);
});

test('refused parameters are not kept', async () => {
  const { stripe } = it_;
  const wrong = { amount: 2500, currency: 'eur', colour: 'red' };
  expect(await failure(stripe.paymentIntents.create(wrong, { idempotencyKey: 'k' }))).toMatchObject({
    statusCode: 400,
    code: 'parameter_unknown',
    param: 'colour',
  });
  await stripe.paymentIntents.create({ amount: 2500, currency: 'eur' }, { idempotencyKey: 'k' });
  expect(it_.fake.unknown).toEqual([{ method: 'POST', path: '/v1/payment_intents', param: 'colour' }]);
});

test('a key is forgotten after a day', async () => {
  const { fake, stripe } = it_;
  const first = await stripe.customers.create({ email: 'a@example.com' }, { idempotencyKey: 'k' });
  fake.time.advance(25 * 3_600_000);
  const second = await stripe.customers.create({ email: 'a@example.com' }, { idempotencyKey: 'k' });
  expect(second.id).not.toBe(first.id);
});
