/** Ways in beside the front end's customer: a token of their app, a badge, a card at the fridge's reader. */
import { newDocumentId } from '../../src/shared/ids';
import { register } from '../support/customers';
import { lookAfter } from '../support/fridges';
import { breaches } from '../support/invariants';
import { stockMeals } from '../support/stock';
import { startStripeWorld, type StripeWorld } from '../support/stripe-world';

let world: StripeWorld;
beforeAll(async () => {
  world = await startStripeWorld({ machines: 12 });
  await world.database.sql.rows(`update machines set ceiling_amount = 2500, ceiling_currency = 'EUR'`);
});
afterAll(async () => {
  expect(await breaches(world.database.sql, world.simulator)).toEqual([]);
  await world.stop();
});

const show = (machine: string, credential: object, key = '') => {
  const call = world.larder.post(`/api/machines/${machine}/open`, { credential });
  return key === '' ? call : call.set('Idempotency-Key', key);
};
const makeToken = async (customer: string) => {
  const user = { id: customer, email: `${customer}@example.com` };
  const { status, body } = await world.larder.post('/api/me/door-token', { user });
  expect(status).toBe(201);
  return body as { token: string; expiresAt: string; qr: string };
};
/** A customer whose card was saved, known to Larder. */
async function known(customer: string): Promise<string> {
  const cardId = await world.saveCard(customer);
  await makeToken(customer);
  await world.database.sql.rows(`update up_users set default_payment_method_id = $2 where customer_id = $1`, [
    customer,
    cardId,
  ]);
  return cardId;
}
const reasonOf = ({ body }: { body: { error: { details: { code: string; reason?: string } } } }) => body.error.details;
async function close(machine: string, id: string, sku?: string) {
  if (sku !== undefined) world.simulator.customer(machine).take(sku);
  world.simulator.customer(machine).close();
  return world.until(id, sku === undefined ? 'empty' : 'completed');
}
const credentialOf = async (id: string) =>
  (
    await world.database.sql.rows<{ credential: string; customer: string }>(
      `select t.credential, u.customer_id as customer from transactions t join transactions_user_lnk l on l.transaction_id = t.id
       join up_users u on u.id = l.user_id where t.document_id = $1`,
      [id],
    )
  )[0];

describe('a door token', () => {
  it('opens one door for its customer, with their saved card held first', async () => {
    await known('tom');
    const { token, expiresAt, qr } = await makeToken('tom');
    expect(qr).toContain('<svg');
    expect(Date.parse(expiresAt)).toBeGreaterThan(Date.now());
    const opened = await show('M1', { kind: 'token', token });
    expect([opened.status, opened.body.state]).toEqual([200, 'open']);
    const { id } = opened.body as { id: string };
    expect(await credentialOf(id)).toEqual({ credential: 'token', customer: 'tom' });
    expect(await world.payment(id)).toMatchObject({ state: 'held', authorized_amount: 2500 });
    // The reader asks again: the same purchase, also when it is over.
    expect((await show('M1', { kind: 'token', token })).body.id).toBe(id);
    await close('M1', id, '1001');
    expect((await show('M1', { kind: 'token', token })).body.id).toBe(id);
    await world.untilPaid(id, 'captured');
    expect(world.simulator.machine('M1').doorCommands).toBe(1);
    // Another fridge, or another request: it is used up.
    expect((await show('M2', { kind: 'token', token })).status).toBe(409);
    const other = await show('M2', { kind: 'token', token }, 'another-request');
    expect([other.status, reasonOf(other)]).toEqual([403, { code: 'credential_refused', reason: 'token_used' }]);
    expect(world.simulator.machine('M2').doorCommands).toBe(0);
  });

  it('opens one door only, shown at ten fridges at once', async () => {
    await known('ten');
    const { token } = await makeToken('ten');
    const machines = Array.from({ length: 10 }, (_, n) => `M${n + 1}`);
    const answers = await Promise.all(
      machines.map((machine) => show(machine, { kind: 'token', token }, `at-${machine}`)),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([200, ...Array.from({ length: 9 }, () => 403)]);
    const at = answers.findIndex(({ status }) => status === 200);
    await close(machines[at] ?? '', (answers[at]?.body as { id: string }).id);
  });

  it('expires, and a made-up one opens nothing', async () => {
    const { token } = await makeToken('tom');
    await world.database.sql.rows(
      `update larder.door_tokens set expires_at = now() - interval '1 second' where used_at is null`,
    );
    expect(reasonOf(await show('M3', { kind: 'token', token })).reason).toBe('token_expired');
    expect(reasonOf(await show('M3', { kind: 'token', token: `${token.slice(0, -3)}abc` })).reason).toBe(
      'token_invalid',
    );
    expect(reasonOf(await show('M3', { kind: 'token', token: "' or 1=1 --" })).reason).toBe('token_invalid');
  });

  it('that met a busy fridge opens nothing once it has expired', async () => {
    const busy = await world.openedWithCard('M10', 'somebody-else');
    await known('late');
    const { token } = await makeToken('late');
    expect((await show('M10', { kind: 'token', token })).status).toBe(409);
    await close('M10', busy);
    await world.database.sql.rows(`update larder.door_tokens set expires_at = now() - interval '1 second'`);
    expect(reasonOf(await show('M10', { kind: 'token', token })).reason).toBe('token_expired');
    expect(world.simulator.machine('M10').doorCommands).toBe(1);
  });

  it('is made by a customer who is logged in for themselves, and by nobody who is not', async () => {
    const { jwt } = await register(world.larder, 'tina');
    const made = await world.larder.post('/api/me/door-token', { user: { id: 'tom', email: 'tom@example.com' } }, jwt);
    expect(made.status).toBe(201);
    const [row] = await world.database.sql.rows<{ username: string }>(
      `select u.username from larder.door_tokens d join up_users u on u.id = d.user_id order by d.expires_at desc limit 1`,
    );
    expect(row?.username).toBe('tina');
    expect((await world.larder.post('/api/me/door-token', {}).unset('Authorization')).status).toBe(403);
    expect((await world.larder.post('/api/me/door-token', {})).status).toBe(400);
  });
});

it('opens for a registered badge, and for no other', async () => {
  await known('bob');
  await world.database.sql.rows(
    `with made as (insert into badges (document_id, uid, active, created_at, updated_at, published_at) values ($1, '04:A2', true, now(), now(), now()) returning id)
     insert into badges_user_lnk (badge_id, user_id) select made.id, u.id from made, up_users u where u.customer_id = 'bob'`,
    [newDocumentId()],
  );
  const opened = await show('M4', { kind: 'badge', uid: '04:A2' });
  expect(opened.status).toBe(200);
  const { id } = opened.body as { id: string };
  expect(await credentialOf(id)).toEqual({ credential: 'badge', customer: 'bob' });
  await close('M4', id);
  await world.database.sql.rows(`update badges set active = false`);
  for (const uid of ['04:A2', 'unknown']) {
    expect(reasonOf(await show('M4', { kind: 'badge', uid }))).toEqual({
      code: 'credential_refused',
      reason: 'badge_unknown',
    });
  }
});

describe("a card at the fridge's reader", () => {
  /** The reader takes a card that was never saved; each time it gets another id. */
  const anonymous = async () => (await world.stripe.paymentMethods.retrieve('pm_card_mastercard')).id;

  it('is charged for what was taken, and known again by its fingerprint', async () => {
    const first = await anonymous();
    const opened = await show('M5', { kind: 'card', paymentMethodId: first });
    expect([opened.status, opened.body]).toEqual([200, expect.anything()]);
    const { id } = opened.body as { id: string };
    await close('M5', id, '1001');
    expect(await world.untilPaid(id, 'captured')).toMatchObject({ capturedAmount: 650 });
    const again = (await show('M6', { kind: 'card', paymentMethodId: await anonymous() })).body as { id: string };
    await close('M6', again.id);
    const [one, other] = [await credentialOf(id), await credentialOf(again.id)];
    expect(one).toEqual({ credential: 'card', customer: expect.stringMatching(/^card:[0-9a-f]{32}$/) });
    expect(other).toEqual(one);
  });

  it("is recognised as a customer's where it is theirs", async () => {
    const cardId = await known('cleo');
    const opened = await show('M7', { kind: 'card', paymentMethodId: cardId });
    expect(opened.status).toBe(200);
    const { id } = opened.body as { id: string };
    expect(await credentialOf(id)).toEqual({ credential: 'card', customer: 'cleo' });
    await close('M7', id);
  });

  it("pays the machine's price for another's meal that was kept, and opens no door any more after three", async () => {
    const { sql } = world.database;
    await known('owner');
    await sql.rows(`update machines set theft_percent = 150 where vendor_id = 'M10'`);
    await stockMeals(
      sql,
      'M10',
      [1, 2, 3].map((n) => ({ barcode: `reserved-${n}`, sku: '1001', reservedFor: 'owner' })),
    );
    const key = await (await lookAfter(world)).makeKey('M10');
    /** Another card each time by its id, and the same by its fingerprint. */
    const visit = async () =>
      show('M10', { kind: 'card', paymentMethodId: (await world.stripe.paymentMethods.retrieve('pm_card_amex')).id });
    const steal = async (barcodes: readonly string[]) => {
      const { id } = (await visit()).body as { id: string };
      for (const barcode of barcodes) {
        const event = { barcode, action: 'taken', at: new Date().toISOString() };
        const { body } = await world.larder.post('/api/machines/M10/meal-events', event, key).expect(200);
        expect(body).toMatchObject({ signal: 'alarm' });
        world.simulator.customer('M10').take('1001');
      }
      world.simulator.customer('M10').close();
      return { ...(await world.untilPaid(id, 'captured')), id };
    };
    const { id, capturedAmount } = await steal(['reserved-1']);
    expect(capturedAmount).toBe(975);
    expect(await sql.rows(`select barcode, amount, offer is not null as again from larder.thefts`)).toEqual([
      { barcode: 'reserved-1', amount: 975, again: true },
    ]);
    await steal(['reserved-2', 'reserved-3']);
    const taker = (await credentialOf(id))?.customer ?? '';
    expect(taker).toMatch(/^card:/);
    expect(await sql.rows(`select theft_count, blocked from up_users where customer_id = $1`, [taker])).toEqual([
      { theft_count: 3, blocked: true },
    ]);
    const refused = await visit();
    expect([refused.status, reasonOf(refused).code]).toEqual([403, 'customer_blocked']);
  });

  it('that Stripe does not know opens nothing, and none does while Stripe is away', async () => {
    const unknown = await show('M8', { kind: 'card', paymentMethodId: 'pm_nobody' });
    expect([unknown.status, reasonOf(unknown).reason]).toEqual([403, 'card_unusable']);
    const card = await anonymous();
    world.fake.faults.errorBefore(500, 'GET', { times: Infinity });
    const refused = await show('M8', { kind: 'card', paymentMethodId: card });
    world.fake.faults.clear();
    expect([refused.status, reasonOf(refused).code]).toEqual([503, 'payments_unavailable']);
    expect(world.simulator.machine('M8').doorCommands).toBe(0);
  });
});

it.each([
  ['credential.token', { kind: 'token' }],
  ['credential', { kind: 'eye' }],
  ['credential.paymentMethodId', { kind: 'card', paymentMethodId: '4242424242424242' }],
  ['credential.uid', { kind: 'badge', uid: 'NUL \u0000' }],
  ['credential', null],
])('names the field that is wrong: %s', async (field, credential) => {
  const { status, body } = await world.larder.post('/api/machines/M9/open', { credential });
  expect(status).toBe(400);
  const fields = (body as { error: { details: { errors: { field: string }[] } } }).error.details.errors.map(
    (error) => error.field,
  );
  expect(fields[0]).toMatch(new RegExp(`^${field}`));
});
