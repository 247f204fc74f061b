/** Whoever calls the device's API, whatever they send: a clear 4xx that names the field, never a 500, nothing half-written. */
import { makeApiToken } from '../support/operator';
import { ago, lookAfter, type Fridges } from '../support/fridges';
import { register } from '../support/customers';
import { FRONT_END_TOKEN } from '../support/larder';
import { startWorld, type World } from '../support/world';

let world: World;
let fridges: Fridges;
let script: string;
beforeAll(async () => {
  world = await startWorld({ machines: 2 });
  fridges = await lookAfter(world);
  await fridges.makeKey('M1');
  script = await makeApiToken(world.larder, 'A script', ['plugin::telemetry.machines.unlock']);
});
afterAll(async () => {
  const log = world.larder.log();
  await world.stop();
  expect(log).not.toMatch(/ldk_[A-Za-z0-9_-]{43}/);
});

const NUL = String.fromCharCode(0);
const reading = { at: ago(1), temperature: 3 };
const stored = async () =>
  (await world.database.sql.rows<{ n: number }>(`select count(*)::int as n from larder.readings`))[0]?.n;

describe('readings', () => {
  it.each<[string, unknown, string]>([
    ['nothing', {}, 'readings'],
    ['a list', [reading], 'body'],
    ['readings that are no list', { readings: reading }, 'readings'],
    ['no reading', { readings: [] }, 'readings'],
    ['too many', { readings: Array.from({ length: 1001 }, () => reading) }, 'readings'],
    ['a number', { readings: [7] }, 'readings.0'],
    ['NUL in the time', { readings: [{ ...reading, at: `2026${NUL}` }] }, 'readings.0.at'],
    ['a time in words', { readings: [{ ...reading, at: 'now' }] }, 'readings.0.at'],
    ['SQL for a time', { readings: [{ ...reading, at: "'; drop table readings; --" }] }, 'readings.0.at'],
    ['a time in ten minutes', { readings: [{ ...reading, at: ago(-10) }] }, 'readings.0.at'],
    ['the year 9999', { readings: [{ ...reading, at: '9999-12-31T23:59:59Z' }] }, 'readings.0.at'],
    ['a huge number', { readings: [{ ...reading, temperature: 1e300 }] }, 'readings.0.temperature'],
    ['33 bits', { readings: [{ ...reading, temperature: 2 ** 33 }] }, 'readings.0.temperature'],
    ['an object', { readings: [{ ...reading, temperature: { $gt: 0 } }] }, 'readings.0.temperature'],
    ['HTML', { readings: [{ ...reading, humidity: '<b>60</b>' }] }, 'readings.0.humidity'],
  ])('%s', async (_, body, field) => {
    const before = await stored();
    const answer = await fridges.send('M1', 'readings', body);
    expect([answer.status, answer.body.error.details.code]).toEqual([400, 'invalid_request']);
    expect(answer.body.error.details.errors.map((fault: { field: string }) => fault.field)).toContain(field);
    expect(answer.body.error.message).toContain(field);
    expect(await stored()).toBe(before);
  });

  it.each([
    ['no JSON', '{"readings":', 400, 'invalid_request'],
    ['1 MB', JSON.stringify({ readings: [{ ...reading, note: 'x'.repeat(1_000_000) }] }), 413, 'payload_too_large'],
  ])('%s', async (_, text, status, code) => {
    const key = await fridges.makeKey('M1');
    const call = world.larder.post('/api/machines/M1/readings', {}, key).set('Content-Type', 'application/json');
    const answer = await call.send(text);
    expect([answer.status, answer.body.error.details.code]).toEqual([status, code]);
  });
});

describe('a heartbeat', () => {
  it.each<[object, string]>([
    [{ door: 'ajar' }, 'door'],
    [{ door: null, version: `1${NUL}` }, 'version'],
    [{ version: 'x'.repeat(61) }, 'version'],
    [{ version: { $ne: 1 } }, 'version'],
    [{ uptime: -1 }, 'uptime'],
    [{ uptime: 1e300 }, 'uptime'],
    [{ uptime: '7' }, 'uptime'],
  ])('%j', async (body, field) => {
    const answer = await fridges.send('M1', 'heartbeat', body);
    expect([answer.status, answer.body.error?.details.errors[0].field]).toEqual([400, field]);
  });
});

describe('a key that is none', () => {
  it.each([
    ['nothing', ''],
    ['a short one', 'ldk_abc'],
    ['one that nobody made', `ldk_${'A'.repeat(43)}`],
    ['a long one', `ldk_${'A'.repeat(4000)}`],
    ['the front end’s token', FRONT_END_TOKEN],
  ])('%s', async (_, key) => {
    for (const path of ['readings', 'heartbeat'] as const) {
      const answer = await fridges.send('M1', path, { readings: [reading] }, key || 'x');
      expect([answer.status, answer.body.error.details.code]).toEqual([401, 'unauthorized']);
    }
  });

  it('is a customer’s log-in, too; and a device’s key opens nothing else', async () => {
    const { jwt } = await register(world.larder, 'nosy');
    expect((await fridges.send('M1', 'readings', { readings: [reading] }, jwt)).status).toBe(401);
    expect((await world.larder.get('/api/machines/M1/health', jwt)).status).toBe(403);
    const key = await fridges.makeKey('M1');
    for (const path of ['/api/transactions/search', '/api/machines/M1/health', '/api/machines']) {
      expect([path, (await world.larder.get(path, key)).status]).toEqual([path, 401]);
    }
    expect((await world.larder.post('/api/machines/M1/unlock', { reason: 'x' }, key)).status).toBe(401);
  });
});

it.each<[string, string]>([
  ['%00', 'id'],
  ['x'.repeat(121), 'id'],
])('a machine called %s is refused, naming it', async (machine, field) => {
  const key = await fridges.makeKey('M1');
  const refusals = await Promise.all([
    fridges.send(machine, 'heartbeat', {}, key),
    world.larder.get(`/api/machines/${machine}/health`),
    world.larder.get(`/api/machines/${machine}/readings`),
    world.larder.post(`/api/machines/${machine}/unlock`, { reason: 'x' }, script),
  ]);
  for (const { status, body } of refusals) {
    expect([status, body.error.details.errors?.[0].field]).toEqual([400, field]);
  }
});

it.each<[object, string]>([
  [{}, 'reason'],
  [{ reason: `a${NUL}` }, 'reason'],
  [{ reason: 'x'.repeat(256) }, 'reason'],
  [{ reason: 'x', until: 'tomorrow' }, 'until'],
])('an unlock with %j is refused, naming the field', async (body, field) => {
  const answer = await world.larder.post('/api/machines/M1/unlock', body, script);
  expect([answer.status, answer.body.error.details.code]).toEqual([400, 'invalid_request']);
  expect(answer.body.error.message).toContain(field);
});

it('nobody without the role looks at a key', async () => {
  for (const token of ['', FRONT_END_TOKEN]) {
    for (const path of ['device', 'device-key', 'unlock']) {
      const address = `/telemetry/machines/M1/${path}`;
      const { status } = await (path === 'device'
        ? world.larder.get(address, token)
        : world.larder.post(address, {}, token));
      expect([path, status]).toEqual([path, 401]);
    }
  }
});
