/** What the front end is told so that it tells people: a stolen meal, a recall, a new period of a subscription. */
import { newDocumentId } from '../../src/shared/ids';
import { startFakeWebhookTarget, type FakeWebhookTarget } from '../fakes/webhook-target';
import { eventually } from '../support/eventually';
import { lookAfter, type Fridges } from '../support/fridges';
import { makeApiToken } from '../support/operator';
import { stockMeals } from '../support/stock';
import { emailOf, startStripeWorld, type StripeWorld } from '../support/stripe-world';
import { openOf } from '../support/world';

const SECRET = 'webhook-secret-for-tests';

let world: StripeWorld;
let target: FakeWebhookTarget;
let fridges: Fridges;
let recaller: string;
beforeAll(async () => {
  target = await startFakeWebhookTarget(SECRET);
  const env = { WEBHOOK_URL: target.url, WEBHOOK_SECRET: SECRET };
  world = await startStripeWorld({ machines: 4, stock: 'nothing', env });
  fridges = await lookAfter(world);
  recaller = await makeApiToken(world.larder, 'Recalls', [
    'plugin::meals.deliveries.create',
    'plugin::meals.lots.find',
    'plugin::meals.lots.recall',
  ]);
});
afterAll(async () => {
  await world?.stop();
  await target?.close();
});

interface Told {
  readonly id: string;
  readonly type: string;
  readonly data: Record<string, unknown>;
}

const told = (type: string): Told[] =>
  target.received
    .filter(({ signature }) => signature.kind === 'valid')
    .map(({ body }) => JSON.parse(body) as Told)
    .filter((one) => one.type === type);

async function bought(machine: string, customer: string, skus: readonly string[], taken: () => Promise<void>) {
  const id = await world.openedWithCard(machine, customer);
  await taken();
  for (const sku of skus) world.simulator.customer(machine).take(sku);
  world.simulator.customer(machine).close();
  await world.untilPaid(id, 'captured');
  return id;
}
const nothingSeen = async () => {};

it('tells the owner of each stolen meal what is reserved instead, or that one is owed, and not who took it', async () => {
  const { sql } = world.database;
  await bought('M4', 'owner', ['1001'], nothingSeen);
  await stockMeals(sql, 'M1', [
    { barcode: 'n-1', sku: '1001', reservedFor: 'owner' },
    { barcode: 'n-2', sku: '1001', reservedFor: 'owner' },
    { barcode: 'n-free', sku: '1001' },
  ]);
  const key = await fridges.makeKey('M1');
  const id = await bought('M1', 'thief', ['1001', '1001'], async () => {
    for (const barcode of ['n-1', 'n-2']) {
      const event = { barcode, action: 'taken', at: new Date().toISOString() };
      await world.larder.post('/api/machines/M1/meal-events', event, key).expect(200);
    }
  });
  await eventually(() => expect(told('meal.stolen')).toHaveLength(2));
  const [machine] = await sql.rows<{ id: string }>(`select document_id as id from machines where vendor_id = 'M1'`);
  const theft = (barcode: string, instead: string | null) => ({
    id: `${id}-stolen-${barcode}`,
    type: 'meal.stolen',
    createdAt: expect.stringMatching(/Z$/),
    data: {
      customerId: 'owner',
      transactionId: id,
      machineId: machine?.id,
      meal: { barcode, sku: '1001' },
      isSeen: true,
      instead: instead === null ? null : { barcode: instead, sku: '1001' },
      refund: null,
      isOwed: instead === null,
    },
  });
  const sorted = told('meal.stolen').sort((a, b) => (a.id < b.id ? -1 : 1));
  expect(sorted).toEqual([theft('n-1', 'n-free'), theft('n-2', null)]);
  expect(JSON.stringify(sorted)).not.toMatch(/thief|@/);
});

it('tells each buyer of a recalled lot once, with what becomes of their money, however often it is recalled', async () => {
  const { larder, database } = world;
  const rows = ['r-1', 'r-2'].map((barcode) => ({ barcode, sku: '1002', lot: 'R' }));
  await larder.post('/api/machines/M2/deliveries', { rows }, recaller).expect(200);
  const first = await bought('M2', 'ann', ['1002'], nothingSeen);
  const second = await bought('M2', 'ben', ['1002'], nothingSeen);
  const { id } = (await larder.get('/api/lots?code=R', recaller).expect(200)).body.data[0] as { id: string };
  // Of one of them a subscription had paid for.
  await database.sql.rows(`update meals set state = 'collected' where barcode = 'r-2'`);
  const recall = () => larder.post(`/api/lots/${id}/recall`, { reason: 'Glass' }, recaller).expect(200);
  await Promise.all([recall(), recall(), recall()]);
  await eventually(() => expect(told('lot.recalled')).toHaveLength(2));
  await recall();
  await eventually(async () =>
    expect(
      await database.sql.rows(
        `select 1 from pgboss.job where name in ('meals.recall', 'alerts.webhook') and state < 'completed' and start_after <= now()`,
      ),
    ).toEqual([]),
  );
  const notice = (transactionId: string, customerId: string, barcode: string, refund: object) => ({
    id: `${id}-recalled-${transactionId}`,
    type: 'lot.recalled',
    createdAt: expect.stringMatching(/Z$/),
    data: {
      customerId,
      transactionId,
      boughtAt: expect.stringMatching(/Z$/),
      product: { sku: '1002' },
      lot: { id, code: 'R', reason: 'Glass' },
      barcodes: [barcode],
      refund: { currency: 'EUR', ...refund },
    },
  });
  const sorted = told('lot.recalled').sort((a, b) => (String(a.data.customerId) < String(b.data.customerId) ? -1 : 1));
  expect(sorted).toEqual([
    notice(first, 'ann', 'r-1', { state: 'requested', amount: 790 }),
    notice(second, 'ben', 'r-2', { state: 'none', amount: 0 }),
  ]);
});

it('tells of each new period of a subscription, once, with its price, and of none that has ended', async () => {
  const { larder, database } = world;
  await database.sql.rows(
    `insert into plans (document_id, name, meals_per_period, period, unit_amount, currency, covers_free_for_all, active, created_at, updated_at, published_at)
     values ($1, 'weekly', 2, 'week', 4900, 'EUR', false, true, now(), now(), now())`,
    [newDocumentId()],
  );
  const begin = async (customer: string, more: object = {}) => {
    const order = {
      user: { id: customer, email: emailOf(customer) },
      plan: 'weekly',
      validFrom: '2026-01-02',
      ...more,
    };
    const { body } = await larder.post('/api/subscriptions', order).expect(201);
    return (body as { id: string }).id;
  };
  const due = await begin('due');
  const over = await begin('over', { validTo: '2090-01-01' });
  await begin('running');
  const lastWeek = `period_start = period_start - interval '7 days', period_end = period_end - interval '7 days'`;
  await database.sql.rows(`update subscriptions set ${lastWeek}, quota_used = 2 where document_id = $1`, [due]);
  await database.sql.rows(
    `update subscriptions set ${lastWeek}, valid_to = now() - interval '1 hour' where document_id = $1`,
    [over],
  );
  // A purchase of the customer's renews at once; the sweep that comes by each minute finds nothing left to do.
  await bought('M3', 'due', ['1001'], nothingSeen);
  await stockMeals(database.sql, 'M3', [{ barcode: 's-1', sku: '1003' }]);
  await bought('M3', 'due', ['1003'], nothingSeen);
  await bought('M3', 'over', ['1001'], nothingSeen);
  const { body } = await larder.get(`/api/subscriptions/${due}`).expect(200);
  const { periodStart, periodEnd, planId, quotaUsed } = body as Record<string, string | number>;
  await eventually(() => expect(told('subscription.renewed')).toHaveLength(1));
  expect(quotaUsed).toBe(0);
  expect(told('subscription.renewed')).toEqual([
    {
      id: `${due}-renewed-${Date.parse(String(periodStart))}`,
      type: 'subscription.renewed',
      createdAt: expect.stringMatching(/Z$/),
      data: {
        subscriptionId: due,
        customerId: 'due',
        plan: { id: planId, name: 'weekly' },
        unitAmount: 4900,
        currency: 'EUR',
        isCharged: false,
        periodStart,
        periodEnd,
      },
    },
  ]);
  expect((await larder.get(`/api/subscriptions/${over}`)).body).toMatchObject({ state: 'ended' });
});

it('tells whoever brought somebody of their reward, once, at the first purchase', async () => {
  const { sql } = world.database;
  await bought('M4', 'bringer', ['1001'], nothingSeen);
  await sql.rows(
    `with made as (insert into referral_codes (document_id, code, reward_amount, currency, active, created_at, updated_at, published_at)
       values ($1, 'BRING', 500, 'EUR', true, now(), now(), now()) returning id)
     insert into referral_codes_user_lnk (referral_code_id, user_id) select made.id, u.id from made, up_users u where u.customer_id = 'bringer'`,
    [newDocumentId()],
  );
  const ids: string[] = [];
  for (let times = 0; times < 2; times += 1) {
    const payment = { paymentMethodId: await world.saveCard('brought'), amount: 2500, currency: 'EUR' };
    const user = { id: 'brought', email: emailOf('brought') };
    const answer = await world.larder.post('/api/machines/M4/open', { user, payment, referralCode: 'BRING' });
    const id = await openOf(answer, world);
    world.simulator.customer('M4').take('1001');
    world.simulator.customer('M4').close();
    await world.untilPaid(id, 'captured');
    ids.push(id);
  }
  const [referral] = await sql.rows<{ id: string }>(`select document_id as id from referrals`);
  await eventually(() => expect(told('referral.credited')).not.toEqual([]));
  expect(told('referral.credited')).toEqual([
    {
      id: `${referral?.id}-credited`,
      type: 'referral.credited',
      createdAt: expect.stringMatching(/Z$/),
      data: {
        customerId: 'bringer',
        referralId: referral?.id,
        code: 'BRING',
        rewardAmount: 500,
        currency: 'EUR',
        referredCustomerId: 'brought',
        transactionId: ids[0],
      },
    },
  ]);
});

it('is sent again with its first text by a replay of one', async () => {
  const [news] = told('meal.stolen');
  const { sql } = world.database;
  await sql.rows(`update larder.webhook_deliveries set state = 'failed' where id = $1`, [news?.id]);
  const { replayWebhooks } = await import('../../src/plugins/alerts/server/src/core/webhooks/replay');
  const { createQueue } = await import('../../src/shared/queue');
  const queue = createQueue(world.database.url, () => undefined);
  queue.declare(['alerts.webhook']);
  expect(await replayWebhooks(sql, queue, null)).toEqual([news?.id]);
  const copies = () => told('meal.stolen').filter(({ id }) => id === news?.id);
  await eventually(() => expect(copies()).toHaveLength(2));
  expect(copies()[1]).toEqual(copies()[0]);
});
