/** The reader in a fridge opens its own door with the machine's device key, for what somebody shows to it. */
import { newDocumentId } from '../../src/shared/ids';
import { lookAfter, type Fridges } from '../support/fridges';
import { breaches } from '../support/invariants';
import { startStripeWorld, type StripeWorld } from '../support/stripe-world';

let world: StripeWorld;
let fridges: Fridges;
const keys = new Map<string, string>();

beforeAll(async () => {
  world = await startStripeWorld({ machines: 6 });
  await world.database.sql.rows(`update machines set ceiling_amount = 2500, ceiling_currency = 'EUR'`);
  fridges = await lookAfter(world);
  for (const machine of ['M1', 'M2', 'M3', 'M4', 'M5', 'M6']) keys.set(machine, await fridges.makeKey(machine));
});
afterAll(async () => {
  const log = world.larder.log();
  expect(await breaches(world.database.sql, world.simulator)).toEqual([]);
  await world.stop();
  expect(log).not.toMatch(/ldk_[A-Za-z0-9_-]{43}/);
});

const keyOf = (machine: string) => keys.get(machine) ?? '';
function show(machine: string, credential: object, { idempotencyKey = '', key = keyOf(machine), more = {} } = {}) {
  const call = world.larder.post(`/api/machines/${machine}/open`, { credential, ...more }, key);
  return idempotencyKey === '' ? call : call.set('Idempotency-Key', idempotencyKey);
}
const poll = (id: string, machine: string) => world.larder.get(`/api/transactions/${id}`, keyOf(machine));

/** A customer whose card was saved, with both of its names at Stripe, as a checkout leaves it. */
async function known(customer: string): Promise<string> {
  const cardId = await world.saveCard(customer);
  const { customer: owner } = await world.stripe.paymentMethods.retrieve(cardId);
  await makeToken(customer);
  await world.database.sql.rows(
    `update up_users set default_payment_method_id = $2, stripe_customer_id = $3 where customer_id = $1`,
    [customer, cardId, owner],
  );
  return cardId;
}
async function makeToken(customer: string): Promise<string> {
  const user = { id: customer, email: `${customer}@example.com` };
  const { status, body } = await world.larder.post('/api/me/door-token', { user });
  expect(status).toBe(201);
  return (body as { token: string }).token;
}
const customerOf = async (id: string) =>
  (
    await world.database.sql.rows<{ credential: string; caller: string; customer: string }>(
      `select t.credential, t.caller, u.customer_id as customer from transactions t
       join transactions_user_lnk l on l.transaction_id = t.id join up_users u on u.id = l.user_id where t.document_id = $1`,
      [id],
    )
  )[0];
async function close(machine: string, id: string, sku?: string) {
  if (sku !== undefined) world.simulator.customer(machine).take(sku);
  world.simulator.customer(machine).close();
  return world.until(id, sku === undefined ? 'empty' : 'completed');
}

it('opens for a door token, and its screen sees the purchase to its end', async () => {
  await known('tom');
  const token = await makeToken('tom');
  const opened = await show('M1', { kind: 'token', token });
  expect([opened.status, opened.body.state ?? opened.body]).toEqual([200, 'open']);
  const { id, ref } = opened.body as { id: string; ref: string };
  expect(await customerOf(id)).toMatchObject({ credential: 'token', customer: 'tom' });
  expect(await world.payment(id)).toMatchObject({ state: 'held', authorized_amount: 2500 });
  // The answer was lost, and meanwhile the key was rotated: still the same purchase.
  keys.set('M1', await fridges.makeKey('M1'));
  expect((await show('M1', { kind: 'token', token })).body.id).toBe(id);

  await close('M1', id, '1001');
  await world.untilPaid(id, 'captured');
  const seen = await poll(ref, 'M1');
  expect([seen.status, seen.body]).toEqual([
    200,
    expect.objectContaining({ id, state: 'completed', totalAmount: 650, capturedAmount: 650, currency: 'EUR' }),
  ]);
  // Everybody can read the screen of a fridge.
  expect(seen.text).not.toMatch(/tom|pi_|customerId/);
  expect(world.simulator.machine('M1').doorCommands).toBe(1);
});

it('opens for a badge and for a card, each with what belongs to it', async () => {
  await known('bob');
  await world.database.sql.rows(
    `with made as (insert into badges (document_id, uid, active, created_at, updated_at, published_at) values ($1, '04:B0', true, now(), now(), now()) returning id)
     insert into badges_user_lnk (badge_id, user_id) select made.id, u.id from made, up_users u where u.customer_id = 'bob'`,
    [newDocumentId()],
  );
  const byBadge = await show('M2', { kind: 'badge', uid: '04:B0' });
  expect(byBadge.status).toBe(200);
  expect(await customerOf(byBadge.body.id as string)).toMatchObject({ credential: 'badge', customer: 'bob' });
  await close('M2', byBadge.body.id as string);

  const card = await world.stripe.paymentMethods.retrieve('pm_card_visa');
  const byCard = await show(
    'M2',
    { kind: 'card', paymentMethodId: card.id },
    { more: { payment: { amount: 1900, currency: 'EUR' } } },
  );
  expect(byCard.status).toBe(200);
  const id = byCard.body.id as string;
  expect(await customerOf(id)).toMatchObject({ credential: 'card', customer: expect.stringMatching(/^card:/) });
  expect(await world.payment(id)).toMatchObject({ authorized_amount: 1900 });
  await close('M2', id, '1006');
  expect(await world.untilPaid(id, 'captured')).toMatchObject({ capturedAmount: 290 });
});

it('gets one purchase for one Idempotency-Key, and a clear no for another request with it', async () => {
  const cardId = await known('ida');
  const shown = { kind: 'card', paymentMethodId: cardId };
  const twice = await Promise.all([1, 2].map(() => show('M3', shown, { idempotencyKey: 'tap-1' })));
  expect(twice.map(({ status }) => status)).toEqual([200, 200]);
  const id = twice[0]?.body.id as string;
  expect(twice[1]?.body.id).toBe(id);
  await close('M3', id);
  expect((await show('M3', shown, { idempotencyKey: 'tap-1' })).body).toMatchObject({ id, state: 'empty' });
  const other = await show('M3', { kind: 'badge', uid: '04:B0' }, { idempotencyKey: 'tap-1' });
  expect([other.status, other.body.error.details.code]).toEqual([409, 'idempotency_conflict']);
  // Another machine's reader has keys of its own.
  const elsewhere = await show('M4', shown, { idempotencyKey: 'tap-1' });
  expect(elsewhere.body.id).not.toBe(id);
  await close('M4', elsewhere.body.id as string);
  expect(world.simulator.machine('M3').doorCommands).toBe(1);
});

it("has no say at another machine's door, and sees nothing of its purchases", async () => {
  const cardId = await known('eve');
  const id = await world.openedWithCard('M5', 'eve');
  for (const machine of ['M5', 'M99']) {
    const refused = await show(machine, { kind: 'card', paymentMethodId: cardId }, { key: keyOf('M6') });
    expect([refused.status, refused.body.error.details.code]).toEqual([403, 'other_machine']);
  }
  const hidden = await poll(id, 'M6');
  expect([hidden.status, hidden.body.error.details.code]).toEqual([404, 'transaction_not_found']);
  expect((await poll(id, 'M5')).status).toBe(200);
  // Nor anything beside its door and its purchase.
  for (const path of [`/api/transactions/${id}/events`, `/api/transactions/${id}/stream`, '/api/machines/M5/status']) {
    expect([path, (await world.larder.get(path, keyOf('M5'))).status]).toEqual([path, 401]);
  }
  expect((await world.larder.post('/api/me/door-token', {}, keyOf('M5'))).status).toBe(401);
  await close('M5', id);
  expect(world.simulator.machine('M6').doorCommands).toBe(0);
});

it('opens nothing with a key that was revoked, or that nobody made', async () => {
  const cardId = await known('rex');
  const key = await fridges.makeKey('M6');
  expect((await fridges.desk('delete', 'M6/device-key')).status).toBe(200);
  for (const used of [key, `ldk_${'A'.repeat(43)}`, 'ldk_short']) {
    const refused = await show('M6', { kind: 'card', paymentMethodId: cardId }, { key: used });
    expect([refused.status, refused.body.error.details.code]).toEqual([401, 'unauthorized']);
    expect((await world.larder.get('/api/transactions/anything', used)).status).toBe(401);
  }
  expect(world.simulator.machine('M6').doorCommands).toBe(0);
  keys.set('M6', await fridges.makeKey('M6'));
});

const user = { id: 'tom', email: 'tom@example.com' };
const badge = { kind: 'badge', uid: '04:B0' };
it.each<[string, unknown, string]>([
  ['nothing', {}, 'credential'],
  ['a list', [], 'body'],
  ['no credential', { credential: null }, 'credential'],
  ['a customer', { user }, 'user'],
  ['a customer beside a credential', { user, credential: badge }, 'user'],
  ['a customer as a credential', { credential: { kind: 'user', id: 'tom' } }, 'credential.kind'],
  ['a card without its id', { credential: { kind: 'card' } }, 'credential.paymentMethodId'],
  ['NUL', { credential: { kind: 'badge', uid: 'a\u0000' } }, 'credential.uid'],
  ["another's card to pay", { credential: badge, payment: { paymentMethodId: 'pm_1' } }, 'payment.paymentMethodId'],
  ["another's hold", { credential: badge, payment: { paymentIntentId: 'pi_1' } }, 'payment.paymentIntentId'],
  ['an expert', { credential: badge, expertId: 'nut-1' }, 'expertId'],
  ['half an amount', { credential: badge, payment: { amount: 1.5, currency: 'EUR' } }, 'payment.amount'],
])('refuses %s, naming the field', async (_, body, field) => {
  const { status, body: answer } = await world.larder.post('/api/machines/M6/open', body as object, keyOf('M6'));
  expect([status, answer.error.details.code]).toEqual([400, 'invalid_request']);
  expect(answer.error.details.errors.map((fault: { field: string }) => fault.field)).toContain(field);
  expect(world.simulator.machine('M6').doorCommands).toBe(0);
});
