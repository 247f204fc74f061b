/** The sweeps on a real server: beside one another in a small pool, and of several instances on one at a time. */
import { createSchedule } from '../../src/shared/schedule';
import { createLocks, openDatabase, type Database, type Locks } from '../../src/shared/sql';
import { createTestDatabase, type TestDatabase } from '../support/database';
import { eventually } from '../support/eventually';

let own: TestDatabase;
let database: Database;
const warnings: string[] = [];
const warn = (message: string) => void warnings.push(message);
const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

const open: Locks[] = [];
function newLocks(): Locks {
  const locks = createLocks(own.url, warn);
  open.push(locks);
  return locks;
}

beforeAll(async () => {
  own = await createTestDatabase();
  database = openDatabase({ url: own.url, maxConnections: 2, connectTimeoutMs: 400 });
});
afterAll(async () => {
  await Promise.all([database, ...open].map((each) => each.close()));
  await own.drop();
});

it('runs more sweeps at once than there are connections, each of which asks the database', async () => {
  const schedule = createSchedule(newLocks(), warn);
  const longest: number[] = [];
  for (let n = 0; n < 8; n += 1) {
    schedule.every(1, `crowd-${n}`, async () => {
      const startedAt = performance.now();
      for (let times = 0; times < 3; times += 1) await database.rows('select pg_sleep(0.005)');
      longest[n] = performance.now() - startedAt;
    });
  }
  schedule.start();
  await eventually(() => expect(Object.keys(longest)).toHaveLength(8), { withinMs: 5000 });
  await schedule.stop();
  expect(Math.max(...longest)).toBeLessThan(400);
  expect(warnings).toEqual([]);
});

it('runs a sweep on one instance at a time, and never on top of itself', async () => {
  const instances = [1, 2, 3].map(() => createSchedule(newLocks(), warn));
  let atWork = 0;
  let most = 0;
  let runs = 0;
  for (const instance of instances) {
    instance.every(1, 'shared', async () => {
      atWork += 1;
      most = Math.max(most, atWork);
      await pause(1200);
      atWork -= 1;
      runs += 1;
    });
    instance.start();
  }
  await eventually(() => expect(runs).toBeGreaterThanOrEqual(2), { withinMs: 10_000 });
  await Promise.all(instances.map((instance) => instance.stop()));
  expect(most).toBe(1);
});

it('goes on after its connection was lost, and after a sweep that fails', async () => {
  const schedule = createSchedule(newLocks(), warn);
  let runs = 0;
  schedule.every(1, 'lively', async () => {
    runs += 1;
    if (runs === 2) throw new Error('a sweep that fails');
  });
  schedule.start();
  await eventually(() => expect(runs).toBe(1), { withinMs: 5000 });
  await own.sql.rows(
    `select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'larder'
     and datname = current_database() and query like '%pg_advisory_unlock%' and pid <> pg_backend_pid()`,
  );
  await eventually(() => expect(runs).toBeGreaterThanOrEqual(3), { withinMs: 8000 });
  await schedule.stop();
  expect(warnings.some((line) => line.includes('a sweep that fails'))).toBe(true);
});

it('lets those who wait for a lock in one after the other, whichever instance they are on, and not for ever', async () => {
  const [one, other] = [newLocks(), newLocks()];
  const steps: string[] = [];
  const work = (name: string) => async () => {
    steps.push(`${name} begins`);
    await pause(200);
    steps.push(`${name} ends`);
  };
  const first = one.inTurn('turn', work('first'), 5000);
  await eventually(() => expect(steps).toEqual(['first begins']), { everyMs: 5 });
  const late = await Promise.all([one, other].map((locks) => locks.inTurn('turn', work('late'), 0)));
  const rest = await Promise.all([other.inTurn('turn', work('second'), 5000), one.inTurn('turn', work('third'), 5000)]);
  expect([await first, late, rest]).toEqual([true, [false, false], [true, true]]);
  expect(steps.slice(0, 2)).toEqual(['first begins', 'first ends']);
  const [second, third] = [steps.slice(2, 4), steps.slice(4)].sort();
  expect([second, third]).toEqual([
    ['second begins', 'second ends'],
    ['third begins', 'third ends'],
  ]);
});
