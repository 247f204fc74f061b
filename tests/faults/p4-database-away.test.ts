/** P4: PostgreSQL restarted, or away for a while, while doors are open. */
import { eventually } from '../support/eventually';
import { breaches } from '../support/invariants';
import { startOwnCluster, type OwnCluster } from '../support/own-cluster';
import { storedUntil } from '../support/purchases';
import { doorsOpen } from '../support/visitor';
import { orderOf, startWorld, type World } from '../support/world';

let own: OwnCluster;
let world: World;

beforeAll(async () => {
  own = await startOwnCluster();
  world = await startWorld({ machines: 12, database: own.database, env: { LEASE_S: '3' } });
}, 240_000);
afterAll(() => world.stop());

const isAlive = () => expect(() => process.kill(world.larder.pid, 0)).not.toThrow();

it('outlives a restart of PostgreSQL: open doors settle, the next purchase works', async () => {
  const { simulator, database } = world;
  await world.opened('M1');
  await doorsOpen(simulator, ['M1']);
  simulator.customer('M1').take('1001');
  await own.cluster.restart();
  simulator.customer('M1').take('1007');
  simulator.customer('M1').close();
  const purchase = await storedUntil(database.sql, 'M1', ['completed']);
  expect(purchase.total).toBe(650 + 160);
  await eventually(async () => expect((await world.larder.get('/ready')).status).toBe(200));
  await world.opened('M2');
  simulator.customer('M2').close();
  await storedUntil(database.sql, 'M2', ['empty']);
  isAlive();
});

it('says so while PostgreSQL is away, keeps what the fridges report, and settles once it is back', async () => {
  const { simulator, database, larder } = world;
  const machines = ['M3', 'M4', 'M5', 'M6'];
  const ids = await Promise.all(machines.map((machine) => world.opened(machine)));
  await doorsOpen(simulator, machines);
  simulator.customer('M3').take('1001');

  await own.cluster.stop();
  // M3 and M4: everything happens while it is away. M5: the completion alone. M6: nothing yet.
  simulator.customer('M3').take('1002');
  simulator.customer('M3').close();
  simulator.customer('M4').take('1003');
  simulator.customer('M4').close();
  simulator.customer('M5').close();

  await eventually(async () => {
    const ready = await larder.get('/ready');
    expect([ready.status, (ready.body as { database: string }).database]).toEqual([503, 'down']);
  });
  const answers = await Promise.all([
    larder.post('/api/machines/M7/open', orderOf('while-away')),
    larder.get('/api/machines/M7/status'),
    larder.get(`/api/transactions/${ids[0]}`),
    larder.get(`/api/transactions/${ids[0]}/events`),
    larder.get('/api/transactions/search?user=somebody'),
    larder.get('/api/machines'),
    larder.get('/api/products'),
    larder.get('/api/transactions/search', 'a-token-that-nobody-has'),
  ]);
  const told = answers.map(({ status, body }) => [
    status,
    (body as { error?: { details?: { code?: string } } }).error?.details?.code,
  ]);
  expect(told).toEqual(answers.map(() => [503, 'database_unavailable']));
  expect(simulator.machine('M7').doorCommands).toBe(0);
  isAlive();
  const metrics = await larder.get('/metrics', 'metrics-token-for-tests');
  expect(Number(/^larder_journal_backlog (\d+)/m.exec(metrics.text)?.[1])).toBeGreaterThan(0);

  await own.cluster.restart();
  const [third, fourth, fifth] = await Promise.all(
    ['M3', 'M4', 'M5'].map((machine) => storedUntil(database.sql, machine, ['completed', 'empty', 'review'])),
  );
  expect([third, fourth, fifth].map((purchase) => [purchase?.state, purchase?.total])).toEqual([
    ['completed', 650 + 790],
    ['completed', 750],
    ['empty', 0],
  ]);
  simulator.customer('M6').take('1004');
  simulator.customer('M6').close();
  await storedUntil(database.sql, 'M6', ['completed']);
  await eventually(async () => expect((await larder.get('/ready')).status).toBe(200));
  expect((await larder.get('/api/transactions/search', 'a-token-that-nobody-has')).status).toBe(401);
  for (const machine of machines) expect(simulator.machine(machine).doorCommands).toBe(1);
  expect(await breaches(database.sql, simulator)).toEqual([]);
});

it('keeps a completion that comes alone while PostgreSQL is away', async () => {
  // Its prices must be looked up before it can be stored: nothing of it waits in the journal yet.
  const { simulator, database } = world;
  await world.opened('M8');
  await doorsOpen(simulator, ['M8']);
  simulator.setFaults([{ name: 'late-completion', ms: 700, busy: true }]);
  simulator.customer('M8').take('1005');
  simulator.customer('M8').close();
  await storedUntil(database.sql, 'M8', ['closed']);
  await own.cluster.stop();
  await simulator.until('M8', 'free', 5000);
  simulator.clearFaults();
  await eventually(async () => expect((await world.larder.get('/ready')).status).toBe(503));
  await own.cluster.restart();
  expect((await storedUntil(database.sql, 'M8', ['completed', 'review'])).state).toBe('completed');
  expect(await breaches(database.sql, simulator)).toEqual([]);
});

it('finds a purchase of its own whose making was written and whose answer was lost', async () => {
  const { simulator, database } = world;
  await database.sql.rows(
    `with made as (
       insert into transactions (document_id, ref, state, door, authorized_amount, currency, payment_state, active_machine,
         owner, fence, revision, deadline_at, requested_at, created_at, updated_at, published_at)
       select 'lost-answer', 'lost-answer', 'requested', 'locked', 1000, 'EUR', 'none', m.id, i.id, 1, 1,
         now() + interval '1 hour', now(), now(), now() - interval '1 minute', now()
       from machines m, larder.instances i where m.vendor_id = 'M10' and i.lease_until > now()
       returning id, active_machine)
     insert into transactions_machine_lnk (transaction_id, machine_id) select id, active_machine from made`,
  );
  expect(await storedUntil(database.sql, 'M10')).toMatchObject({ state: 'expired', fence: 2 });
  expect(simulator.machine('M10').doorCommands).toBe(0);
});

it('takes nothing over from itself when its lease lapsed meanwhile', async () => {
  const { simulator, database } = world;
  await world.opened('M9');
  await doorsOpen(simulator, ['M9']);
  await own.cluster.stop();
  await new Promise((resolve) => setTimeout(resolve, 3200)); // the lease is 3 s
  await own.cluster.restart();
  await eventually(async () => expect((await world.larder.get('/ready')).status).toBe(200));
  simulator.customer('M9').take('1006');
  simulator.customer('M9').close();
  expect(await storedUntil(database.sql, 'M9', ['completed'])).toMatchObject({ fence: 1, total: 290 });
});
