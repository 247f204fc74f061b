/** P2: SIGTERM with doors open: nothing new is taken, nothing received is lost, and another instance goes on at once. */
import { eventually } from '../support/eventually';
import { breaches } from '../support/invariants';
import type { Larder } from '../support/larder';
import { storedUntil } from '../support/purchases';
import { startTcpProxy } from '../support/tcp-proxy';
import { createTestDatabase } from '../support/database';
import { doorsOpen } from '../support/visitor';
import { startWorld, type World } from '../support/world';

/** So long that a lease which had to lapse would be noticed. */
const LEASE_S = 60;
/** What a process manager allows before it kills: systemd gives 90 s, Docker 10 s. */
const EXIT_WITHIN_MS = 10_000;

let world: World;
let second: Larder;

beforeAll(async () => {
  world = await startWorld({ machines: 30, env: { LEASE_S: String(LEASE_S) } });
  second = await world.startAnother();
});
afterAll(() => world.stop());

const ownersOf = async (machines: readonly string[]) =>
  Promise.all(machines.map(async (machine) => (await storedUntil(world.database.sql, machine, ['open'])).owner));

it('hands its purchases over at once and exits 0; they go on where it left them', async () => {
  const { simulator, database, larder: first } = world;
  const machines = ['M1', 'M2', 'M3', 'M4', 'M5'];
  await Promise.all(machines.map((machine) => world.opened(machine)));
  await doorsOpen(simulator, machines);
  const [owner] = await ownersOf(machines);

  const askedAt = performance.now();
  first.signal('SIGTERM');
  world.larder = second;
  // A frame that the old instance has received is stored by it; one that it has not is waiting for the next.
  for (const machine of machines) simulator.customer(machine).take('1001');
  await eventually(async () => expect(new Set(await ownersOf(machines))).not.toContain(owner), {
    withinMs: EXIT_WITHIN_MS,
  });
  expect(performance.now() - askedAt).toBeLessThan(EXIT_WITHIN_MS);
  expect(await first.ended).toBe(0);
  expect(performance.now() - askedAt).toBeLessThan(EXIT_WITHIN_MS);

  for (const machine of machines) {
    simulator.customer(machine).take('1007');
    simulator.customer(machine).close();
  }
  for (const machine of machines) {
    const purchase = await storedUntil(database.sql, machine, ['completed']);
    expect(purchase.lines.map(({ sku }) => sku)).toEqual(['1001', '1007']);
    expect(purchase.fence).toBe(2);
    expect(simulator.machine(machine).doorCommands).toBe(1);
  }
  expect(await breaches(database.sql, simulator)).toEqual([]);
});

it('stores every frame that it had received, however fast the end came', async () => {
  const { simulator, database } = world;
  const first = await world.startAnother();
  world.larder = first;
  const machines = Array.from({ length: 20 }, (_, n) => `M${n + 6}`);
  await Promise.all(machines.map((machine) => world.opened(machine)));
  await doorsOpen(simulator, machines);
  // Twenty customers finish in the moment of the signal: each frame is delivered to a process that is about to go.
  for (const machine of machines) {
    for (const sku of ['1001', '1002', '1003', '1004']) simulator.customer(machine).take(sku);
    simulator.customer(machine).close();
  }
  first.signal('SIGTERM');
  world.larder = second;
  expect(await first.ended).toBe(0);
  for (const machine of machines) {
    const purchase = await storedUntil(database.sql, machine, ['completed']);
    expect(purchase.total).toBe(650 + 790 + 750 + 960);
  }
  expect(await breaches(database.sql, simulator)).toEqual([]);
});

it('takes no purchase while it stops: another instance can have it', async () => {
  const first = await world.startAnother();
  const { simulator } = world;
  // Keep-alive, as a load balancer has it: such a connection outlives the closed port.
  const { Agent, request } = await import('node:http');
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  const status = (path: string) =>
    new Promise<number | string>((resolve) => {
      const asked = request(`${first.url}${path}`, { agent }, (response) => {
        response.resume();
        response.once('end', () => resolve(response.statusCode ?? 0));
      });
      asked.once('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? 'error'));
      asked.end();
    });
  expect(await status('/ready')).toBe(200);
  world.larder = first;
  await world.opened('M26');
  const doors = simulator.machine('M27').doorCommands;

  first.signal('SIGTERM');
  const seen: (number | string)[] = [];
  await eventually(
    async () => {
      const answer = await status('/ready');
      seen.push(answer);
      expect(answer).not.toBe(200);
    },
    { everyMs: 5, withinMs: 2000 },
  );
  const opened = await world.open('M27').then(
    ({ status: answer }) => answer,
    (error: NodeJS.ErrnoException) => error.code,
  );
  expect([503, 'ECONNREFUSED', 'ECONNRESET']).toContain(opened);
  expect(await first.ended).toBe(0);
  agent.destroy();
  world.larder = second;
  expect(simulator.machine('M27').doorCommands).toBe(doors);
  simulator.customer('M26').take('1001');
  simulator.customer('M26').close();
  await storedUntil(world.database.sql, 'M26', ['completed']);
});

it('serves to the end whoever it is serving', async () => {
  const first = await world.startAnother();
  const { simulator } = world;
  simulator.setFaults([{ name: 'delay', frames: 'begun', ms: 500, machine: 'M28' }]);
  world.larder = first;
  const opening = world.open('M28').then(({ status }) => status);
  await simulator.until('M28', 'requested', 5000);
  first.signal('SIGTERM');
  expect(await opening).toBe(200);
  expect(await first.ended).toBe(0);
  simulator.clearFaults();
  world.larder = second;
  simulator.customer('M28').take('1001');
  simulator.customer('M28').close();
  await storedUntil(world.database.sql, 'M28', ['completed']);
  expect(simulator.machine('M28').doorCommands).toBe(1);
});

it('exits within a bounded time with the database away too', async () => {
  const database = await createTestDatabase();
  const proxy = await startTcpProxy(database.url);
  const alone = await startWorld({ machines: 2, database, databaseUrl: proxy.url });
  try {
    await alone.opened('M1');
    await doorsOpen(alone.simulator, ['M1']);
    proxy.silence();
    alone.simulator.customer('M1').take('1001');
    const askedAt = performance.now();
    alone.larder.signal('SIGTERM');
    expect(await alone.larder.ended).not.toBe('SIGKILL');
    expect(performance.now() - askedAt).toBeLessThan(EXIT_WITHIN_MS);
  } finally {
    await proxy.stop();
    await alone.stop();
  }
});
