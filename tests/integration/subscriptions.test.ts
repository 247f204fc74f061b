/** Subscriptions pay for their customer's own meals, once and within their quota; codes and experts are credited. */
import { newDocumentId } from '../../src/shared/ids';
import { eventually } from '../support/eventually';
import { breaches } from '../support/invariants';
import { register } from '../support/customers';
import { makeApiToken } from '../support/operator';
import { stockMeals } from '../support/stock';
import { startWorld, type World } from '../support/world';

let world: World;
beforeAll(async () => {
  world = await startWorld({ machines: 8, stock: 'nothing' });
  await plan('two a week', 2, 'week');
  await plan('one a month, anything', 1, 'month', { isFree: true });
  await plan('salads only', 5, 'month', { sku: '1002' });
});
afterAll(async () => {
  expect(await breaches(world.database.sql, world.simulator)).toEqual([]);
  await world.stop();
});

type Subscription = Record<string, unknown> & { id: string; state: string; quotaUsed: number; quotaLeft: number };

async function plan(name: string, meals: number, period: string, { isFree = false, sku = '' } = {}): Promise<void> {
  await world.database.sql.rows(
    `with made as (
       insert into plans (document_id, name, meals_per_period, period, unit_amount, currency, covers_free_for_all, active, created_at, updated_at, published_at)
       values ($1, $2, $3, $4, 4900, 'EUR', $5, true, now(), now(), now()) returning id)
     insert into plans_products_lnk (plan_id, product_id) select made.id, p.id from made join products p on p.sku = $6`,
    [newDocumentId(), name, meals, period, isFree, sku],
  );
}

const emailOf = (customer: string) => `${customer}@example.com`;
const begin = (customer: string, planName: string, more: object = {}, key = '') => {
  const call = world.larder.post('/api/subscriptions', {
    user: { id: customer, email: emailOf(customer) },
    plan: planName,
    ...more,
  });
  return key === '' ? call : call.set('Idempotency-Key', key);
};
async function begun(customer: string, planName: string, more: object = {}): Promise<string> {
  const { status, body } = await begin(customer, planName, more);
  expect([status, body]).toEqual([201, expect.anything()]);
  return (body as Subscription).id;
}
const read = async (id: string) => (await world.larder.get(`/api/subscriptions/${id}`)).body as Subscription;

async function buy(machine: string, customer: string, skus: readonly string[], more: object = {}) {
  const opened = await world.open(machine, customer, { user: { id: customer, email: emailOf(customer) }, ...more });
  expect(opened.status).toBe(200);
  const { id } = opened.body as { id: string };
  for (const sku of skus) world.simulator.customer(machine).take(sku);
  world.simulator.customer(machine).close();
  await world.until(id, 'completed');
  await eventually(async () =>
    expect(
      await world.database.sql.rows(`select 1 from larder.allocations where transaction_id = $1`, [id]),
    ).toHaveLength(1),
  );
  return world.purchase(id);
}

const shown = ({ products, totalAmount }: Awaited<ReturnType<typeof buy>>) => ({
  lines: products.map((line) => [line.sku, (line as unknown as { kind: string }).kind, line.quantity, line.amount]),
  totalAmount,
});

it("collects the customer's own meals within the quota, and charges the rest", async () => {
  const id = await begun('ada', 'two a week');
  await stockMeals(world.database.sql, 'M1', [
    ...['a1', 'a2', 'a3'].map((barcode) => ({ barcode, sku: '1001', reservedFor: 'ada' })),
    { barcode: 'f1', sku: '1002' },
  ]);
  expect(shown(await buy('M1', 'ada', ['1001', '1002']))).toEqual({
    lines: [
      ['1001', 'collected', 1, 0],
      ['1002', 'sale', 1, 790],
    ],
    totalAmount: 790,
  });
  expect(await read(id)).toMatchObject({ quotaUsed: 1, quotaLeft: 1, state: 'active', period: 'week' });
  expect(shown(await buy('M1', 'ada', ['1001', '1001']))).toEqual({
    lines: [
      ['1001', 'sale', 1, 650],
      ['1001', 'collected', 1, 0],
    ],
    totalAmount: 650,
  });
  expect(await read(id)).toMatchObject({ quotaUsed: 2, quotaLeft: 0 });
  const states = await world.database.sql.rows(
    `select state, count(*)::int as n from meals where barcode like 'a_' group by 1 order by 1`,
  );
  expect(states).toEqual([
    { state: 'collected', n: 2 },
    { state: 'sold', n: 1 },
  ]);
});

it('begins a new quota with a new period, counted from its first day', async () => {
  const id = await begun('bea', 'two a week', { validFrom: '2026-01-31' });
  const { sql } = world.database;
  await sql.rows(
    `update subscriptions set quota_used = 2, period_start = '2026-02-07', period_end = '2026-02-14' where document_id = $1`,
    [id],
  );
  await stockMeals(sql, 'M2', [{ barcode: 'b1', sku: '1001', reservedFor: 'bea' }]);
  expect((await buy('M2', 'bea', ['1001'])).totalAmount).toBe(0);
  const { quotaUsed, periodStart, periodEnd } = await read(id);
  expect(quotaUsed).toBe(1);
  const [from, to] = [Date.parse(String(periodStart)), Date.parse(String(periodEnd))];
  expect(from <= Date.now() && Date.now() < to).toBe(true);
  expect((to - from) / 86_400_000).toBe(7);
  expect(((from - Date.parse('2026-01-31')) / 86_400_000) % 7).toBe(0);
});

it('charges no new period where payments are only recorded, and lets collect all the same', async () => {
  const { sql } = world.database;
  await plan('charged elsewhere', 2, 'week');
  await sql.rows(`update plans set is_charged = true where name = 'charged elsewhere'`);
  const id = await begun('zoe', 'charged elsewhere', { validFrom: '2026-01-31' });
  await sql.rows(
    `update subscriptions set quota_used = 2, period_start = '2026-02-07', period_end = '2026-02-14' where document_id = $1`,
    [id],
  );
  await stockMeals(sql, 'M2', [{ barcode: 'z1', sku: '1001', reservedFor: 'zoe' }]);
  expect((await buy('M2', 'zoe', ['1001'])).totalAmount).toBe(0);
  expect(await read(id)).toMatchObject({ state: 'active', quotaUsed: 1 });
  expect(await sql.rows(`select 1 from payments`)).toEqual([]);
});

it('keeps the last day of a month for the months that have it', async () => {
  const rows = await world.database.sql.rows<{ starts: string; ends: string }>(
    `select m::date::text as moment, starts::date::text as starts, ends::date::text as ends
     from unnest(array['2026-01-31', '2026-02-27', '2026-02-28', '2026-03-31', '2034-05-30']::timestamp[]) m,
       larder.period_of('2026-01-31', 'month', m)`,
  );
  expect(rows.map(({ starts, ends }) => [starts, ends])).toEqual([
    ['2026-01-31', '2026-02-28'],
    ['2026-01-31', '2026-02-28'],
    ['2026-02-28', '2026-03-31'],
    ['2026-03-31', '2026-04-30'],
    ['2034-04-30', '2034-05-31'],
  ]);
});

it('covers free meals where the plan says so, and only the products of the plan', async () => {
  await begun('cem', 'one a month, anything');
  await stockMeals(world.database.sql, 'M3', [
    { barcode: 'c1', sku: '1001' },
    { barcode: 'c2', sku: '1004' },
  ]);
  expect((await buy('M3', 'cem', ['1001', '1004'])).totalAmount).toBe(650);

  await begun('dan', 'salads only');
  await stockMeals(world.database.sql, 'M3', [
    { barcode: 'd1', sku: '1001', reservedFor: 'dan' },
    { barcode: 'd2', sku: '1002', reservedFor: 'dan' },
  ]);
  expect((await buy('M3', 'dan', ['1001', '1002'])).totalAmount).toBe(650);
});

it('pays nothing while it is paused, before it is valid, and once it has ended', async () => {
  const { sql } = world.database;
  const id = await begun('eve', 'two a week');
  await begun('eve', 'two a week', { validFrom: '2090-01-01' });
  await stockMeals(
    sql,
    'M4',
    ['e1', 'e2', 'e3'].map((barcode) => ({ barcode, sku: '1001', reservedFor: 'eve' })),
  );
  expect((await world.larder.post(`/api/subscriptions/${id}/pause`, {})).body).toMatchObject({ state: 'paused' });
  expect((await buy('M4', 'eve', ['1001'])).totalAmount).toBe(650);
  await sql.rows(`update subscriptions set paused_at = paused_at - interval '3 days' where document_id = $1`, [id]);
  const before = await read(id);
  expect((await world.larder.post(`/api/subscriptions/${id}/resume`, {})).body).toMatchObject({ state: 'active' });
  const moved = Date.parse(String((await read(id)).periodEnd)) - Date.parse(String(before.periodEnd));
  expect(Math.round(moved / 86_400_000)).toBe(3);
  await sql.rows(
    `update subscriptions set valid_from = valid_from - interval '3 days', period_start = period_start - interval '3 days' where document_id = $1`,
    [id],
  );
  expect((await buy('M4', 'eve', ['1001'])).totalAmount).toBe(0);
  expect((await world.larder.post(`/api/subscriptions/${id}/end`, {})).body).toMatchObject({ state: 'ended' });
  expect((await buy('M4', 'eve', ['1001'])).totalAmount).toBe(650);
  const again = await world.larder.post(`/api/subscriptions/${id}/resume`, {});
  expect([again.status, again.body.error.details]).toEqual([409, { code: 'subscription_unfit', state: 'ended' }]);
});

it('never gives more than the quota, however many purchases end at once', async () => {
  const id = await begun('fay', 'two a week');
  const machines = ['M5', 'M6', 'M7', 'M8'];
  for (const machine of machines) {
    await stockMeals(world.database.sql, machine, [{ barcode: `fay-${machine}`, sku: '1001', reservedFor: 'fay' }]);
  }
  const bought = await Promise.all(machines.map((machine) => buy(machine, 'fay', ['1001'])));
  expect(bought.map(({ totalAmount }) => totalAmount).sort()).toEqual([0, 0, 650, 650]);
  expect(await read(id)).toMatchObject({ quotaUsed: 2, quotaLeft: 0 });
});

describe('by REST', () => {
  it('the same key begins one subscription', async () => {
    const [first, second] = await Promise.all([
      begin('gus', 'two a week', {}, 'k1'),
      begin('gus', 'two a week', {}, 'k1'),
    ]);
    expect([first?.status, second?.status, first?.body.id]).toEqual([201, 201, second?.body.id]);
    const other = await begin('gus', 'salads only', {}, 'k1');
    expect([other.status, other.body.error.details.code]).toEqual([409, 'idempotency_conflict']);
    const list = await world.larder.get('/api/subscriptions?user=gus&state=active');
    expect(list.body).toMatchObject({
      data: [{ customerId: 'gus', plan: 'two a week' }],
      meta: { page: 1, pageSize: 25, total: 1 },
    });
  });

  it.each([
    [404, 'plan_not_found', { plan: 'nothing' }],
    [404, 'expert_not_found', { expertId: 'nobody' }],
    [400, 'invalid_request', { validFrom: '2026-05-01', validTo: '2026-04-01' }],
    [400, 'invalid_request', { validFrom: 'tomorrow' }],
    [400, 'invalid_request', { quotaUsed: 0 }],
    [400, 'invalid_request', { user: { id: 'x', email: 'no address' } }],
    [400, 'invalid_request', { plan: 'NUL \u0000' }],
    [409, 'customer_conflict', { user: { id: 'other', email: emailOf('ada') } }],
  ])('answers %i %s', async (status, code, more) => {
    const refused = await begin('hal', 'two a week', more);
    expect([refused.status, refused.body.error.details.code]).toEqual([status, code]);
  });

  it('shows customers their own only, and lets them change nothing', async () => {
    const own = await register(world.larder, 'ivy');
    const id = await begun('gus', 'two a week');
    expect((await world.larder.get(`/api/subscriptions/${id}`, own.jwt)).status).toBe(404);
    expect((await world.larder.get('/api/subscriptions', own.jwt)).body.data).toEqual([]);
    expect((await world.larder.post(`/api/subscriptions/${id}/end`, {}, own.jwt)).status).toBe(403);
    expect((await world.larder.get('/api/subscriptions/none')).status).toBe(404);
  });
});

it('credits a referral once, for a customer who had bought nothing before, and reports codes and experts', async () => {
  const { sql } = world.database;
  await sql.rows(
    `with made as (insert into referral_codes (document_id, code, reward_amount, currency, active, created_at, updated_at, published_at)
       values ($1, 'ADA10', 1000, 'EUR', true, now(), now(), now()) returning id)
     insert into referral_codes_user_lnk (referral_code_id, user_id) select made.id, u.id from made, up_users u where u.customer_id = 'ada'`,
    [newDocumentId()],
  );
  await sql.rows(
    `insert into experts (document_id, expert_id, name, active, created_at, updated_at, published_at) values ($1, 'nut-1', 'Nora', true, now(), now(), now())`,
    [newDocumentId()],
  );
  const more = { referralCode: 'ADA10', expertId: 'nut-1' };
  await buy('M7', 'newcomer', ['1001'], more);
  await buy('M7', 'newcomer', ['1002'], more);
  await buy('M7', 'ada', ['1001'], more); // nobody brings themselves
  await buy('M7', 'cem', ['1001'], more); // was there before
  const token = await makeApiToken(world.larder, 'reports', [
    'plugin::meals.reports.referrals',
    'plugin::meals.reports.experts',
  ]);
  const referrals = await world.larder.get('/api/reports/referrals', token);
  expect(referrals.body).toEqual({
    data: [{ code: 'ADA10', customerId: 'ada', referred: 1, rewardAmount: 1000, currency: 'EUR' }],
  });
  const experts = await world.larder.get('/api/reports/experts', token);
  expect(experts.body.data).toEqual([
    { expertId: 'nut-1', name: 'Nora', orders: 4, customers: 3, totalAmount: 650 + 790 + 650 + 650, currency: 'EUR' },
  ]);
  expect((await world.larder.get('/api/reports/experts?from=2090-01-01', token)).body.data).toEqual([]);
  expect((await world.larder.get('/api/reports/experts')).status).toBe(403);
});
