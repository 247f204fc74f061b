/** What operators and machines ask of Larder: readiness, metrics, revoking a token, deciding a review. */
import supertest from 'supertest';
import { ADMIN, FRONT_END_TOKEN, METRICS_TOKEN } from '../support/larder';
import { eventually } from '../support/eventually';
import { breaches } from '../support/invariants';
import { startWorld, type World } from '../support/world';

let world: World;
let adminToken: string;
beforeAll(async () => {
  world = await startWorld({ machines: 4, env: { COMPLETION_DEADLINE_S: '2' } });
  const login = await supertest(world.larder.url).post('/admin/login').send(ADMIN);
  adminToken = (login.body as { data: { token: string } }).data.token;
});
afterAll(() => world.stop());

const asAdmin = (path: string, body: object) => world.larder.post(path, body, adminToken);

it('loads all of its plugins', async () => {
  const log = world.larder.log();
  expect(log).toContain('Strapi started successfully');
  const { body } = await world.larder.get('/admin/plugins', adminToken);
  const names = (body as { plugins: { name: string }[] }).plugins.map((plugin) => plugin.name);
  expect(names).toEqual(expect.arrayContaining(['purchases', 'vendron', 'alerts', 'users-permissions']));
});

it('shows its metrics to whoever holds the token, and to nobody else', async () => {
  const metrics = await world.larder.get('/metrics', METRICS_TOKEN);
  expect(metrics.status).toBe(200);
  expect(metrics.text).toMatch(/^larder_purchases_live 0$/m);
  expect(metrics.text).toMatch(/^larder_gateway_connections\{state="/m);
  expect((await world.larder.get('/metrics', FRONT_END_TOKEN)).status).toBe(401);
  expect((await supertest(world.larder.url).get('/metrics')).status).toBe(401);
});

it('lets a person decide a review once, at the prices of the door, and tells why', async () => {
  world.simulator.addFault({ name: 'never-complete', machine: 'M1' });
  const id = await world.opened('M1');
  world.simulator.customer('M1').take('1002');
  world.simulator.customer('M1').close();
  expect(await world.until(id, 'review')).toMatchObject({
    products: [{ sku: '1002', quantity: 1 }],
    totalAmount: null,
  });

  const settle = (products: object[], reason = 'Seen on the camera') =>
    asAdmin(`/purchases/transactions/${id}/settle`, { products, reason });
  const unknown = await settle([{ sku: 'nothing-of-ours', quantity: 1 }]);
  expect([unknown.status, (unknown.body as { error: { details: { code: string } } }).error.details.code]).toEqual([
    400,
    'unknown_products',
  ]);
  expect((await settle([{ sku: '1002', quantity: 0 }])).status).toBe(400);
  expect((await world.larder.post(`/purchases/transactions/${id}/settle`, { products: [], reason: 'x' })).status).toBe(
    401,
  );

  const settled = await settle([{ sku: '1002', quantity: 2 }]);
  expect([settled.status, settled.body]).toEqual([200, { id, state: 'completed' }]);
  expect(await world.purchase(id)).toMatchObject({
    state: 'completed',
    totalAmount: 1580,
    products: [{ quantity: 2 }],
  });
  expect((await settle([])).status).toBe(409);
  expect(await world.history(id)).toContainEqual(
    expect.objectContaining({ kind: 'system', name: 'review.settled', message: 'Seen on the camera' }),
  );
});

it('keeps its promises', async () => {
  await eventually(async () => expect(await breaches(world.database.sql, world.simulator)).toEqual([]));
});

it('is ready while the database, the queue and the gateway are, and says which one is not', async () => {
  const get = () => supertest(world.larder.url).get('/ready');
  expect((await get()).body).toMatchObject({ ready: true, database: 'up', queue: 'up', gateway: 'up' });
  world.simulator.addFault({ name: 'handshake', mode: '401' });
  world.simulator.cut('close');
  await eventually(async () => {
    const response = await get();
    expect([response.status, response.body]).toMatchObject([503, { ready: false, database: 'up', gateway: 'down' }]);
  });
  const status = await world.larder.get('/api/machines/M1/status');
  expect([status.status, (status.body as { error: { details: object } }).error.details]).toEqual([
    503,
    { code: 'gateway_unavailable' },
  ]);
});

it('forgets a revoked token at once, also on the short way', async () => {
  const poll = () => world.larder.get('/api/transactions/none');
  expect((await poll()).status).toBe(404);
  const [token] = await world.database.sql.rows<{ id: number }>(
    `select id from strapi_api_tokens where name = 'Bubble'`,
  );
  const revoked = await supertest(world.larder.url)
    .delete(`/admin/api-tokens/${token?.id}`)
    .set('Authorization', `Bearer ${adminToken}`);
  expect(revoked.status).toBe(200);
  // Kept for five seconds; heard of within a fraction of one.
  await eventually(async () => expect((await poll()).status).toBe(401), { withinMs: 2000 });
});
