import { clientOf, failure, stage, type Stage } from '../testing/stage';

let it_: Stage;
beforeEach(async () => {
  it_ = await stage();
});
afterEach(async () => {
  await it_.fake.stop();
});

const email = 'a@example.com';
const CUSTOMERS = 'POST /v1/customers';

test.each(['hang', 'cut'] as const)('lost before it arrived (%s): no effect, and the key is free', async (how) => {
  const { fake, stripe } = it_;
  const fault = fake.faults.timeoutBefore(CUSTOMERS, { how, times: 2 });
  await failure(clientOf(fake, 200).customers.create({ email }, { idempotencyKey: 'k' }));
  expect(fake.customers()).toHaveLength(0);
  // stripe-node asks once more by itself when the socket ends.
  expect(fault.hits).toBe(how === 'cut' ? 2 : 1);
  fault.remove();
  const made = await stripe.customers.create({ email }, { idempotencyKey: 'k' });
  expect(made.lastResponse.headers['idempotent-replayed']).toBeUndefined();
});

test.each(['hang', 'cut'] as const)('lost after it took effect (%s): the key tells what became of it', async (how) => {
  const { fake, stripe } = it_;
  fake.faults.timeoutAfter(CUSTOMERS, { how, times: how === 'cut' ? 2 : 1 });
  await failure(clientOf(fake, 200).customers.create({ email }, { idempotencyKey: 'k' }));
  expect(fake.customers()).toHaveLength(1);
  const made = await stripe.customers.create({ email }, { idempotencyKey: 'k' });
  expect(made.lastResponse.headers['idempotent-replayed']).toBe('true');
  expect(fake.customers()).toMatchObject([{ id: made.id }]);
  expect(fake.requests.at(0)).toMatchObject({ idempotencyKey: 'k', params: { email }, status: 0 });
});

test('an error before execution is not kept, one after it is', async () => {
  const { fake, stripe } = it_;
  const create = (key: string) => stripe.customers.create({ email }, { idempotencyKey: key });
  fake.faults.errorBefore(500, CUSTOMERS);
  expect(await failure(create('before'))).toMatchObject({ statusCode: 500 });
  expect(fake.customers()).toHaveLength(0);
  await create('before');
  fake.faults.errorAfter(500, CUSTOMERS);
  expect(await failure(create('after'))).toMatchObject({ statusCode: 500 });
  const again = await failure(create('after'));
  expect(again).toMatchObject({ statusCode: 500, headers: { 'idempotent-replayed': 'true' } });
  expect(fake.customers()).toHaveLength(2);
});

test('429 comes as often as asked, is not kept, and says when to come again', async () => {
  const { fake, stripe } = it_;
  fake.faults.rateLimit(2);
  const create = () => stripe.customers.create({ email }, { idempotencyKey: 'k' });
  expect(await failure(create())).toMatchObject({
    statusCode: 429,
    code: 'rate_limit',
    headers: { 'retry-after': '1' },
  });
  expect(await failure(create())).toMatchObject({ statusCode: 429 });
  await create();
  fake.faults.lockTimeout('POST /v1/customers/*');
  const [customer] = fake.customers();
  expect(await failure(stripe.customers.update(String(customer?.id), { name: 'A' }))).toMatchObject({
    statusCode: 429,
    code: 'lock_timeout',
  });
});

test('the next card is declined or wants authentication, whichever it is', async () => {
  const { fake, hold } = it_;
  fake.faults.decline('stolen_card', 'POST /v1/payment_intents');
  expect(await failure(hold())).toMatchObject({ code: 'card_declined', decline_code: 'stolen_card' });
  fake.faults.requiresAction('POST /v1/payment_intents');
  expect(await failure(hold())).toMatchObject({ code: 'authentication_required' });
  expect((await hold()).status).toBe('requires_capture');
});

test('down is down for all, until it is up', async () => {
  const { fake, stripe } = it_;
  fake.faults.down(true);
  expect(await failure(stripe.customers.list())).toMatchObject({ type: 'StripeConnectionError' });
  fake.faults.down(true, 'unavailable');
  expect(await failure(stripe.customers.list())).toMatchObject({ statusCode: 503 });
  fake.faults.down(false);
  await stripe.customers.list();
});

test('a fault keeps to its pattern', async () => {
  const { fake, stripe, hold } = it_;
  const { id } = await hold();
  const fault = fake.faults.errorBefore(500, 'POST /v1/payment_intents/*/capture');
  await stripe.paymentIntents.retrieve(id);
  await stripe.paymentIntents.update(id, { description: 'salad' });
  expect(fault.hits).toBe(0);
  expect(await failure(stripe.paymentIntents.capture(id))).toMatchObject({ statusCode: 500 });
});
