/** Machines by REST: found, made, changed and removed. */
import supertest from 'supertest';
import { breaches } from '../support/invariants';
import { FRONT_END_TOKEN } from '../support/larder';
import { makeApiToken } from '../support/operator';
import { startWorld, type World } from '../support/world';

let world: World;
let admin = '';
const ACTIONS = ['find', 'findOne', 'create', 'update', 'delete'].map((action) => `api::machine.machine.${action}`);
type Machine = Record<string, unknown> & { id: string; label: string; vendorId: string };

beforeAll(async () => {
  world = await startWorld({ machines: 3, stock: 'nothing' });
  admin = await makeApiToken(world.larder, 'fridge administration', ACTIONS);
});
afterAll(async () => {
  expect(await breaches(world.database.sql, world.simulator)).toEqual([]);
  await world.stop();
});

const call = (method: 'get' | 'post' | 'put' | 'delete', path: string, body?: object, token = admin) =>
  supertest(world.larder.url)[method](`/api/machines${path}`).set('Authorization', `Bearer ${token}`).send(body);
const find = async (query: string) => {
  const { status, body } = await call('get', `?${query}`);
  expect(status).toBe(200);
  return body as { data: Machine[]; meta: { page: number; pageSize: number; total: number } };
};
const codeOf = (response: { body: unknown }) =>
  (response.body as { error: { details: { code: string; errors?: { field: string }[] } } }).error.details;

const PARIS = { latitude: 48.8566, longitude: 2.3522 };
const LYON = { latitude: 45.764, longitude: 4.8357 };

describe('a new machine', () => {
  it('is answered with every key, and found by both of its names', async () => {
    const made = await call('post', '', {
      label: 'Tower B',
      vendorId: 'VM-B',
      store: 'North',
      ...PARIS,
      capabilities: ['microwave'],
    });
    expect(made.status).toBe(201);
    expect(made.body).toEqual({
      id: expect.stringMatching(/^[a-z0-9]{24}$/),
      vendorId: 'VM-B',
      label: 'Tower B',
      store: 'North',
      address: null,
      ...PARIS,
      distanceKm: null,
      timezone: 'Europe/Paris',
      capacity: null,
      capabilities: ['microwave'],
      properties: {},
      state: 'available',
      online: null,
      door: 'unknown',
      lastSeenAt: null,
      lastTemperature: null,
      lastHumidity: null,
      temperatureMin: null,
      temperatureMax: null,
      humidityMax: null,
      doorOpenSeconds: null,
      ceilingAmount: null,
      ceilingCurrency: null,
      theftPercent: 100,
      theftMinimumAmount: null,
      salesLocked: false,
      salesLockedReason: null,
      retired: false,
      createdAt: expect.stringMatching(/Z$/),
      updatedAt: expect.stringMatching(/Z$/),
    });
    const { id } = made.body as Machine;
    expect((await call('get', `/${id}`)).body).toEqual((await call('get', '/VM-B')).body);
  });

  it('needs a name and a vendorId of its own', async () => {
    const nameless = await call('post', '', {});
    expect(nameless.status).toBe(400);
    expect(codeOf(nameless).errors?.map(({ field }) => field)).toEqual(['label', 'vendorId']);
    const twin = await call('post', '', { label: 'Twin', vendorId: 'M1' });
    expect([twin.status, codeOf(twin).code]).toEqual([409, 'vendor_id_taken']);
  });

  it.each([
    ['latitude', { latitude: 91 }],
    ['capacity', { capacity: 1.5 }],
    ['capacity', { capacity: 99999999999 }],
    ['timezone', { timezone: 'Mars/Base' }],
    ['ceilingAmount', { ceilingAmount: 100 }],
    ['ceilingAmount', { ceilingCurrency: 'EUR' }],
    ['ceilingAmount', { ceilingAmount: -1, ceilingCurrency: 'EUR' }],
    ['theftPercent', { theftPercent: 99 }],
    ['theftPercent', { theftPercent: 1001 }],
    ['theftPercent', { theftPercent: '200' }],
    ['theftMinimumAmount', { theftMinimumAmount: -1 }],
    ['theftMinimumAmount', { theftMinimumAmount: 12.5 }],
    ['label', { label: 'NUL \u0000' }],
    ['capabilities.0', { capabilities: [5] }],
    ['properties', { properties: { big: 'x'.repeat(9000) } }],
    ['online', { online: true }],
  ])('names the field that is wrong: %s', async (field, fields) => {
    const refused = await call('post', '', { label: 'Wrong', vendorId: 'VM-wrong', ...fields });
    expect(refused.status).toBe(400);
    expect(codeOf(refused).errors?.map((error) => error.field)).toEqual([field]);
    expect((await call('get', '/VM-wrong')).status).toBe(404);
  });
});

describe('the list', () => {
  beforeAll(async () => {
    await call('post', '', {
      label: 'Lyon 100% fresh',
      vendorId: 'VM-L',
      store: 'South',
      ...LYON,
      capabilities: ['microwave', 'nfc'],
    });
    await world.database.sql.rows(`update machines set sales_locked = true where vendor_id = 'VM-L'`);
    await world.database.sql.rows(`update machines set online = false where vendor_id = 'M3'`);
  });
  const names = async (query: string) => (await find(query)).data.map(({ vendorId }) => vendorId);

  it('searches by text, store, capability and state, each on its own and together', async () => {
    expect(await names('text=tower')).toEqual(['VM-B']);
    expect(await names('text=100%25')).toEqual(['VM-L']);
    expect(await names('text=100_')).toEqual([]);
    expect(await names('store=South')).toEqual(['VM-L']);
    expect(await names('capability=microwave')).toEqual(['VM-L', 'VM-B']);
    expect(await names('capability=microwave&store=North')).toEqual(['VM-B']);
    expect(await names('state=locked')).toEqual(['VM-L']);
    expect(await names('state=offline')).toEqual(['M3']);
  });

  it('knows which one is busy', async () => {
    const id = await world.opened('M1');
    expect(await names('state=busy')).toEqual(['M1']);
    world.simulator.customer('M1').close();
    await world.until(id, 'empty');
    expect(await names('state=busy')).toEqual([]);
  });

  it('sorts by distance, with the way in kilometres, and leaves out what is too far', async () => {
    const near = `latitude=${LYON.latitude}&longitude=${LYON.longitude}`;
    const { data, meta } = await find(near);
    expect(data.slice(0, 2).map(({ vendorId, distanceKm }) => [vendorId, Math.round(distanceKm as number)])).toEqual([
      ['VM-L', 0],
      ['VM-B', 391],
    ]);
    expect(meta.total).toBe(5);
    expect(await names(`${near}&radiusKm=390`)).toEqual(['VM-L']);
    expect(await names(`${near}&radiusKm=393`)).toEqual(['VM-L', 'VM-B']);
  });

  it('comes in pages', async () => {
    const pages = await Promise.all([1, 2, 3].map((page) => find(`pageSize=2&page=${page}`)));
    expect(pages.flatMap(({ data }) => data.map(({ label }) => label))).toEqual(
      (await find('pageSize=100')).data.map(({ label }) => label),
    );
    expect(pages[2]?.meta).toEqual({ page: 3, pageSize: 2, total: 5 });
  });

  it.each([
    ['radiusKm', 'radiusKm=5'],
    ['longitude', 'latitude=5'],
    ['latitude', 'latitude=95&longitude=1'],
    ['state', 'state=broken'],
    ['page', 'page=0'],
    ['text', 'text=%00'],
    ['txet', 'txet=lobby'],
  ])('refuses what it does not know, by name: %s', async (field, query) => {
    const refused = await call('get', `?${query}`);
    expect(refused.status).toBe(400);
    expect(codeOf(refused).errors?.map((error) => error.field)).toEqual([field]);
  });
});

describe('a change', () => {
  it('touches what it names, and null empties', async () => {
    await call('put', '/VM-B', { address: '1 Rue X', ceilingAmount: 2500, ceilingCurrency: 'eur' });
    const changed = await call('put', '/VM-B', { address: null, label: 'Tower B, ground floor' });
    expect(changed.body).toMatchObject({
      label: 'Tower B, ground floor',
      address: null,
      store: 'North',
      ceilingAmount: 2500,
      ceilingCurrency: 'EUR',
    });
  });

  it('sets what a theft costs, and null takes it back to the price of the catalogue', async () => {
    const set = await call('put', '/VM-B', { theftPercent: 250, theftMinimumAmount: 2000 });
    expect([set.status, set.body]).toEqual([
      200,
      expect.objectContaining({ theftPercent: 250, theftMinimumAmount: 2000 }),
    ]);
    await call('put', '/VM-B', { theftPercent: null, theftMinimumAmount: null });
    expect((await call('get', '/VM-B')).body).toMatchObject({ theftPercent: 100, theftMinimumAmount: null });
    expect((await call('put', '/VM-B', { theftPercent: 50 })).status).toBe(400);
  });

  it('is refused where it makes no sense, and changes nothing', async () => {
    expect(codeOf(await call('put', '/VM-B', { vendorId: 'M1' })).code).toBe('vendor_id_taken');
    expect((await call('put', '/VM-B', { ceilingCurrency: null })).status).toBe(400);
    expect((await call('put', '/VM-B', {})).status).toBe(400);
    expect((await call('put', '/nowhere', { label: 'x' })).status).toBe(404);
    expect((await call('get', '/VM-B')).body).toMatchObject({ vendorId: 'VM-B', ceilingCurrency: 'EUR' });
  });
});

describe('an end', () => {
  it('is for a machine at which nothing ever happened', async () => {
    expect((await call('delete', '/VM-L')).status).toBe(204);
    expect((await call('get', '/VM-L')).status).toBe(404);
    expect((await call('delete', '/VM-L')).status).toBe(404);
    const refused = await call('delete', '/M1');
    expect([refused.status, codeOf(refused).code]).toEqual([409, 'machine_has_history']);
  });

  it('retires the others: no door, no place in the list', async () => {
    await call('put', '/M2', { retired: true });
    expect((await world.open('M2')).status).toBe(404);
    expect((await find('')).data.map(({ vendorId }) => vendorId)).not.toContain('M2');
    expect((await find('retired=true')).data.map(({ vendorId }) => vendorId)).toEqual(['M2']);
    await call('put', '/M2', { retired: false });
    expect((await world.open('M2')).status).toBe(200);
    world.simulator.customer('M2').close();
  });
});

it("lets the front end's token read only", async () => {
  expect((await call('get', '', undefined, FRONT_END_TOKEN)).status).toBe(200);
  for (const [method, path] of [
    ['post', ''],
    ['put', '/M1'],
    ['delete', '/M1'],
  ] as const) {
    expect((await call(method, path, { label: 'x', vendorId: 'y' }, FRONT_END_TOKEN)).status).toBe(403);
  }
});
