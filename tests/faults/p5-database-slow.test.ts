/** P5: the database is there, and slow, full, locked or silent: every wait ends, as a 503, and the purchase goes on. */
import { Client } from 'pg';
import { createTestDatabase } from '../support/database';
import { eventually } from '../support/eventually';
import { breaches } from '../support/invariants';
import { storedUntil } from '../support/purchases';
import { startTcpProxy, type TcpProxy } from '../support/tcp-proxy';
import { doorsOpen } from '../support/visitor';
import { orderOf, startWorld, type World } from '../support/world';

/** Nobody who asks waits longer: the longest statement, and the wait for a connection before it. Milliseconds. */
const BOUND_MS = 20_000;

let world: World;
let proxy: TcpProxy;
let other: Client;

beforeAll(async () => {
  const database = await createTestDatabase();
  proxy = await startTcpProxy(database.url);
  world = await startWorld({
    machines: 12,
    database,
    databaseUrl: proxy.url,
    env: { DATABASE_POOL_MAX: '3', LEASE_S: '30' },
  });
  other = new Client(database.url);
  await other.connect();
});
afterEach(() => proxy.heal());
afterAll(async () => {
  await other.end();
  await proxy.stop();
  await world.stop();
});

interface Answer {
  status: number;
  code: string | undefined;
  ms: number;
}

async function ask(work: PromiseLike<{ status: number; body: unknown }>): Promise<Answer> {
  const startedAt = performance.now();
  const { status, body } = await work;
  const { error } = (body ?? {}) as { error?: { details?: { code?: string } } };
  return { status, code: error?.details?.code, ms: performance.now() - startedAt };
}

const everyRoute = () => [
  ask(world.larder.post('/api/machines/M9/open', orderOf('patient'))),
  ask(world.larder.get('/api/machines/M9/status')),
  ask(world.larder.get('/api/transactions/nothing')),
  ask(world.larder.get('/api/transactions/search')),
  ask(world.larder.get('/api/products')),
];

/** Away, or too slow for anybody to wait. */
const unavailable = { status: 503, code: expect.stringMatching(/^(database_unavailable|timeout)$/) as string };

it('answers 503 when every connection is taken, and recovers by itself', async () => {
  await other.query('begin; lock table transactions, machines, products, strapi_api_tokens in access exclusive mode');
  try {
    const answers = await Promise.all(Array.from({ length: 6 }, everyRoute).flat());
    for (const answer of answers) {
      expect(answer).toMatchObject(unavailable);
      expect(answer.ms).toBeLessThan(BOUND_MS);
    }
  } finally {
    await other.query('rollback');
  }
  await eventually(async () => expect((await world.larder.get('/api/transactions/search')).status).toBe(200));
  expect(world.simulator.machine('M9').doorCommands).toBe(0);
});

it('goes on after a deadlock', async () => {
  const { simulator, database } = world;
  const deadlocks = async () => {
    const [row] = await database.sql.rows<{ n: number }>(
      `select deadlocks::int as n from pg_stat_database where datname = current_database()`,
    );
    return row?.n ?? 0;
  };
  await world.opened('M1');
  await doorsOpen(simulator, ['M1']);
  const before = await deadlocks();
  // Larder's statement locks the purchase and then its machine; this one the machine and then the purchase, and it is the
  // more patient of the two.
  await other.query(`set deadlock_timeout = '60s'`);
  await other.query(`begin; update machines set label = label where vendor_id = 'M1'`);
  simulator.customer('M1').take('1001');
  simulator.customer('M1').close();
  await eventually(async () => {
    const waiting = await database.sql.rows(
      `select 1 from pg_stat_activity where wait_event_type = 'Lock' and application_name = 'larder'
         and datname = current_database()`,
    );
    expect(waiting).toHaveLength(1);
  });
  await other.query(`update transactions set message = message where active_machine is not null`);
  await other.query('commit');
  expect(await storedUntil(database.sql, 'M1', ['completed'])).toMatchObject({ total: 650 });
  await eventually(async () => expect(await deadlocks()).toBeGreaterThan(before));
  expect(await breaches(database.sql, simulator)).toEqual([]);
});

it('does not let one locked purchase hold up the others for good', async () => {
  const { simulator, database } = world;
  await Promise.all(['M2', 'M3'].map((machine) => world.opened(machine)));
  await doorsOpen(simulator, ['M2', 'M3']);
  await other.query(`begin`);
  await other.query(`select 1 from transactions t join transactions_machine_lnk l on l.transaction_id = t.id
    join machines m on m.id = l.machine_id where m.vendor_id = 'M2' for update of t`);
  try {
    for (const machine of ['M2', 'M3']) {
      simulator.customer(machine).take('1002');
      simulator.customer(machine).close();
    }
    await storedUntil(database.sql, 'M3', ['completed'], 30_000);
  } finally {
    await other.query('rollback');
  }
  await storedUntil(database.sql, 'M2', ['completed'], 20_000);
  expect(await breaches(database.sql, simulator)).toEqual([]);
});

it('waits a bounded time where each answer takes five seconds, and serves again when they are quick', async () => {
  const { simulator, database } = world;
  await world.opened('M4');
  await doorsOpen(simulator, ['M4']);
  proxy.delay(5000);
  simulator.customer('M4').take('1003');
  simulator.customer('M4').close();
  const answers = await Promise.all(everyRoute());
  for (const answer of answers) {
    // Slow is not wrong: what was answered in time is an answer.
    if (answer.status >= 500) expect(answer).toMatchObject(unavailable);
    expect([200, 202, 404, 503]).toContain(answer.status);
    expect(answer.ms).toBeLessThan(BOUND_MS);
  }
  proxy.heal();
  expect(await storedUntil(database.sql, 'M4', ['completed'], 20_000)).toMatchObject({ total: 750 });
  await eventually(async () => expect((await world.larder.get('/ready')).status).toBe(200));
  expect(simulator.machine('M9').doorCommands).toBeLessThanOrEqual(1);
});

it('waits a bounded time where nothing comes back at all', async () => {
  const { simulator, database } = world;
  await world.opened('M5');
  await doorsOpen(simulator, ['M5']);
  proxy.silence();
  simulator.customer('M5').take('1004');
  simulator.customer('M5').close();
  const answers = await Promise.all(everyRoute());
  for (const answer of answers) {
    expect(answer).toMatchObject(unavailable);
    expect(answer.ms).toBeLessThan(BOUND_MS);
  }
  expect((await world.larder.get('/ready')).status).toBe(503);
  proxy.heal();
  expect(await storedUntil(database.sql, 'M5', ['completed'], 20_000)).toMatchObject({ total: 960 });
  await eventually(async () => expect((await world.larder.get('/api/transactions/search')).status).toBe(200));
  expect(await breaches(database.sql, simulator)).toEqual([]);
});
