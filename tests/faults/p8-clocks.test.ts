/** P8: two instances whose clocks are wrong by ten minutes, one fast, one slow. Only the database's clock counts. */
import path from 'node:path';
import { eventually } from '../support/eventually';
import { breaches } from '../support/invariants';
import type { Larder } from '../support/larder';
import { purchasesAt, storedUntil } from '../support/purchases';
import { doorsOpen } from '../support/visitor';
import { startWorld, type World } from '../support/world';

const TEN_MINUTES_MS = 600_000;
const LEASE_S = 3;
const preload = path.join(__dirname, '../support/clock-preload.cjs');

let world: World;
let fast: Larder;
let slow: Larder;

beforeAll(async () => {
  world = await startWorld({
    machines: 8,
    preload,
    env: {
      LARDER_CLOCK_SHIFT_MS: String(TEN_MINUTES_MS),
      LEASE_S: String(LEASE_S),
      DOOR_OPEN_DEADLINE_S: '60',
      COMPLETION_DEADLINE_S: '4',
    },
  });
  fast = world.larder;
  slow = await world.startAnother({ env: { LARDER_CLOCK_SHIFT_MS: String(-TEN_MINUTES_MS) } });
});
afterAll(() => world.stop());

it('shifts the clocks in truth', async () => {
  // The one time that an answer takes from the process: when its state check came back.
  const [ahead, behind] = await Promise.all([fast.get('/api/machines/M8/status'), slow.get('/api/machines/M8/status')]);
  const off = ({ body }: { body: unknown }) => Date.parse((body as { checkedAt: string }).checkedAt) - Date.now();
  expect(off(ahead)).toBeGreaterThan(TEN_MINUTES_MS / 2);
  expect(off(behind)).toBeLessThan(-TEN_MINUTES_MS / 2);
});

it.each(['fast', 'slow'] as const)(
  'keeps leases, deadlines and times by the database, on the %s instance',
  async (which) => {
    const { simulator, database } = world;
    const machine = which === 'fast' ? 'M1' : 'M2';
    world.larder = which === 'fast' ? fast : slow;
    await world.opened(machine);
    await doorsOpen(simulator, [machine]);
    // Longer than a lease: neither takes the other for dead.
    const until = performance.now() + LEASE_S * 1000 + 1500;
    await eventually(() => expect(performance.now()).toBeGreaterThan(until));
    const [purchase] = await purchasesAt(database.sql, machine);
    expect(purchase).toMatchObject({ state: 'open', fence: 1 });

    const [deadline] = await database.sql.rows<{ left: number }>(
      `select extract(epoch from deadline_at - now())::float8 as left from transactions where document_id = $1`,
      [purchase?.id],
    );
    expect(deadline?.left).toBeGreaterThan(40);
    expect(deadline?.left).toBeLessThan(60);
    const leases = await database.sql.rows<{ left: number }>(
      `select extract(epoch from lease_until - now())::float8 as left from larder.instances`,
    );
    expect(leases).toHaveLength(2);
    for (const { left } of leases) {
      expect(left).toBeGreaterThan(0);
      expect(left).toBeLessThanOrEqual(LEASE_S);
    }

    simulator.customer(machine).take('1001');
    simulator.customer(machine).close();
    await storedUntil(database.sql, machine, ['completed']);
  },
);

it('writes no time of a process into a row', async () => {
  const { sql } = world.database;
  const far = await sql.rows(`
    select 'transaction' as what, document_id from transactions
    where greatest(requested_at, opened_at, closed_at, completed_at, created_at, updated_at, deadline_at) > now() + interval '5 min'
      or least(requested_at, opened_at, closed_at, completed_at, created_at, updated_at) < now() - interval '5 min'
    union all
    select 'event', document_id from events
    where greatest(received_at, created_at) > now() + interval '5 min' or least(received_at, created_at) < now() - interval '5 min'
    union all
    select 'job', name from pgboss.job
    where name like 'alerts.%' and (created_on > now() + interval '5 min' or created_on < now() - interval '5 min'
      or start_after > now() + interval '5 min')`);
  expect(far).toEqual([]);
});

it.each(['fast', 'slow'] as const)(
  'ends a purchase at its deadline and not before, on the %s instance',
  async (which) => {
    const { simulator, database } = world;
    const machine = which === 'fast' ? 'M3' : 'M4';
    world.larder = which === 'fast' ? fast : slow;
    simulator.setFaults([{ name: 'never-complete', busy: true, machine }]);
    await world.opened(machine);
    await doorsOpen(simulator, [machine]);
    const closedAt = performance.now();
    simulator.customer(machine).close();
    await storedUntil(database.sql, machine, ['review']);
    // COMPLETION_DEADLINE_S is 4.
    expect(performance.now() - closedAt).toBeGreaterThan(3900);
    simulator.clearFaults();
  },
);

it('lets one take over from the other', async () => {
  const { simulator, database } = world;
  world.larder = fast;
  await world.opened('M5');
  await doorsOpen(simulator, ['M5']);
  const before = simulator.connections();
  fast.signal('SIGKILL');
  await fast.ended;
  // What the cloud still says to a process that is gone nobody hears: that would be a review, and another story.
  await eventually(() => expect(simulator.connections()).toBeLessThanOrEqual(before / 2), { everyMs: 10 });
  world.larder = slow;
  simulator.customer('M5').take('1002');
  simulator.customer('M5').close();
  expect(await storedUntil(database.sql, 'M5', ['completed'])).toMatchObject({ fence: 2, total: 790 });
  expect(await breaches(database.sql, simulator)).toEqual([]);
});

it('ends a purchase at its deadline with nobody beside it whose clock would say so', async () => {
  const { simulator, database } = world;
  simulator.setFaults([{ name: 'never-complete', busy: true, machine: 'M6' }]);
  await world.opened('M6');
  await doorsOpen(simulator, ['M6']);
  simulator.customer('M6').close();
  // By the slow clock its four seconds are over in ten minutes.
  await storedUntil(database.sql, 'M6', ['review']);
});
