/** P6, from above: `scripts/start`, which is what npm runs, is killed with a door open, and started again. */
import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { freePort } from '../../scripts/postgres/cluster';
import { dataFolder } from '../../scripts/postgres/places';
import { openDatabase, type Database } from '../../src/shared/sql';
import { startSimulator, type Simulator } from '../../simulator';
import { cloneOfProject, type Clone } from '../support/clone';
import { createTestDatabase } from '../support/database';
import { eventually } from '../support/eventually';
import { breaches } from '../support/invariants';
import { baseEnvironment, FRONT_END_TOKEN } from '../support/larder';
import { purchasesAt, storedUntil } from '../support/purchases';
import { stockEveryMachine } from '../support/stock';
import { doorsOpen } from '../support/visitor';
import { orderOf, seedFridges } from '../support/world';

const QUICK = { LEASE_S: '3', SWEEP_INTERVAL_S: '1' };

let clone: Clone;
let simulator: Simulator;
let port: number;
const started: ChildProcess[] = [];

beforeEach(async () => {
  clone = cloneOfProject();
  simulator = await startSimulator({ machines: 1 });
  port = await freePort();
});
afterEach(async () => {
  await Promise.all(started.splice(0).map(end));
  await simulator.stop();
  clone.remove();
});

/** `node dist/scripts/start.js` in the clone, on the same port each time. */
function start(env: Record<string, string> = {}): ChildProcess {
  const child = spawn(process.execPath, ['dist/scripts/start.js'], {
    cwd: clone.folder,
    env: { ...baseEnvironment(), ...QUICK, VENDRON_WS_URL: simulator.url, PORT: String(port), ...env },
    stdio: 'ignore',
  });
  started.push(child);
  return child;
}

async function end(child: ChildProcess): Promise<void> {
  if (hasEnded(child)) return;
  const ended = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGTERM');
  await ended;
}

const hasEnded = (child: ChildProcess) => child.exitCode !== null || child.signalCode !== null;

async function kill(child: ChildProcess): Promise<void> {
  const ended = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGKILL');
  await ended;
}

const ready = (child: ChildProcess) =>
  eventually(
    async () => {
      if (hasEnded(child)) throw new Ended('It ended while it was booting.');
      expect((await fetch(`http://127.0.0.1:${port}/ready`)).status).toBe(200);
    },
    { withinMs: 90_000, giveUpOn: Ended },
  );
class Ended extends Error {}

const open = () =>
  fetch(`http://127.0.0.1:${port}/api/machines/M1/open`, {
    method: 'POST',
    headers: { Authorization: `Bearer ${FRONT_END_TOKEN}`, 'Content-Type': 'application/json' },
    body: JSON.stringify(orderOf('ada')),
  });

const pidFile = () => path.join(dataFolder(path.join(clone.folder, '.data/postgres')), 'postmaster.pid');
const postmaster = () => readFileSync(pidFile(), 'utf8').split('\n');

const leases = (sql: Database) => sql.rows<{ id: string }>(`select id from larder.instances where lease_until > now()`);

/** Each Larder that lives listens on one connection of its own. */
async function countLarders(sql: Database): Promise<number> {
  const text = `select 1 from pg_stat_activity where application_name = 'larder-listen' and datname = current_database()`;
  return (await sql.rows(text)).length;
}

it('takes its Larder along; the next start takes over the orphaned PostgreSQL and the open door', async () => {
  const first = start();
  await ready(first);
  const [pid, , , databasePort] = postmaster();
  const sql = openDatabase({ url: `postgres://larder@127.0.0.1:${databasePort}/larder`, maxConnections: 2 });
  try {
    await seedFridges(sql, 1);
    await stockEveryMachine(sql);
    expect((await open()).status).toBe(200);
    await doorsOpen(simulator, ['M1']);
    const [before] = await leases(sql);

    await kill(first);
    const second = start();
    await ready(second);
    expect(postmaster()[0]).toBe(pid);
    await eventually(async () => expect((await leases(sql)).map(({ id }) => id)).not.toContain(before?.id));
    expect(await leases(sql)).toHaveLength(1);
    expect(await countLarders(sql)).toBe(1);
    await eventually(async () => expect((await purchasesAt(sql, 'M1'))[0]?.fence).toBe(2));

    simulator.customer('M1').take('1001');
    simulator.customer('M1').close();
    expect((await storedUntil(sql, 'M1', ['completed'])).total).toBe(650);
    expect(simulator.machine('M1').doorCommands).toBe(1);
    expect(await breaches(sql, simulator)).toEqual([]);
  } finally {
    await sql.close();
  }
  await end(started.at(-1) as ChildProcess);
  expect(existsSync(pidFile())).toBe(false);
});

it('is Larder itself where the database is given: nothing is left of it when it is killed', async () => {
  const database = await createTestDatabase();
  try {
    const larder = start({ DATABASE_URL: database.url });
    await ready(larder);
    await kill(larder);
    await expect(fetch(`http://127.0.0.1:${port}/_health`)).rejects.toThrow('fetch failed');
    await eventually(() => expect(simulator.connections()).toBe(0), { withinMs: 2000 });
  } finally {
    await database.drop();
  }
});
