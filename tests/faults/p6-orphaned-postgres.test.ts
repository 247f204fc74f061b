/** P6: the parent of the embedded PostgreSQL is killed; the next start finds, reuses or stops what it left behind. */
import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { Client } from 'pg';
import { startCluster, type Cluster } from '../../scripts/postgres/cluster';
import { dataFolder } from '../../scripts/postgres/places';
import { eventually } from '../support/eventually';

const ROOT = path.resolve(__dirname, '../..');
const FAST = { fsync: 'off' };

let home: string;
let wanted: string;
const parents: ChildProcess[] = [];

beforeEach(() => {
  // As private as `mktemp -d` makes it: PostgreSQL itself, which never runs as root, cannot even look inside.
  home = mkdtempSync(path.join(os.tmpdir(), 'larder-orphan-'));
  wanted = path.join(home, 'postgres');
});
afterEach(async () => {
  for (const parent of parents.splice(0)) parent.kill('SIGKILL');
  const last = await startCluster(wanted, FAST);
  await last.discard();
  rmSync(home, { recursive: true, force: true });
});

/** Starts the cluster in a process of its own and answers that process and the address. */
async function startParent(): Promise<{ parent: ChildProcess; url: string }> {
  const parent = spawn(
    process.execPath,
    ['--import', 'tsx', path.join(ROOT, 'tests/support/cluster-parent.ts'), wanted],
    {
      cwd: ROOT,
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  );
  parents.push(parent);
  let out = '';
  parent.stdout?.on('data', (chunk: Buffer) => (out += chunk.toString()));
  await eventually(() => expect(out).toContain('\n'), { withinMs: 60_000 });
  return { parent, url: out.trim() };
}

async function kill(parent: ChildProcess): Promise<void> {
  const ended = new Promise((resolve) => parent.once('exit', resolve));
  parent.kill('SIGKILL');
  await ended;
}

async function query<Row>(url: string, text: string): Promise<Row[]> {
  const client = new Client(url);
  client.on('error', () => undefined); // the server may end while we say goodbye
  await client.connect();
  try {
    return (await client.query(text)).rows as Row[];
  } finally {
    await client.end();
  }
}

const answers = (url: string) =>
  query(url, 'select 1').then(
    () => true,
    () => false,
  );

const pidFile = () => path.join(dataFolder(wanted), 'postmaster.pid');
const postmaster = () => Number(readFileSync(pidFile(), 'utf8').split('\n')[0]);

it('reuses the server of a killed parent, with its data, and stops it in the end', async () => {
  const { parent, url } = await startParent();
  await query(url, 'create table kept as select 42 as n');
  const pid = postmaster();
  await kill(parent);
  expect(await answers(url)).toBe(true); // the orphan lives on

  const next = await startCluster(wanted, FAST);
  expect(next.url('postgres')).toBe(url);
  expect(postmaster()).toBe(pid);
  expect(await query(url, 'select n from kept')).toEqual([{ n: 42 }]);
  await next.stop();
  expect(await answers(url)).toBe(false);
  expect(existsSync(pidFile())).toBe(false);
});

it('is a guest while the parent lives: it leaves the server running', async () => {
  const { url } = await startParent();
  const guest = await startCluster(wanted, FAST);
  expect(guest.url('postgres')).toBe(url);
  await guest.stop();
  expect(await answers(url)).toBe(true);
});

it('starts again after parent and server were both killed', async () => {
  const { parent, url } = await startParent();
  await query(url, 'create table kept as select 43 as n');
  const pid = postmaster();
  await kill(parent);
  process.kill(pid, 'SIGKILL');
  await eventually(async () => expect(await answers(url)).toBe(false));
  expect(existsSync(pidFile())).toBe(true); // stale

  const next = await startCluster(wanted, FAST);
  expect(await query(next.url('postgres'), 'select n from kept')).toEqual([{ n: 43 }]);
  await next.stop();
});

it('starts beside a stale postmaster.pid whose number another program has by now', async () => {
  const first = await startCluster(wanted, FAST);
  const text = await textOfPidFile(first);
  // A living process of the user that runs PostgreSQL, and no PostgreSQL.
  const { uid, gid } = statSync(dataFolder(wanted));
  const stranger = spawn('sleep', ['600'], { uid, gid });
  parents.push(stranger);
  writeFileSync(pidFile(), text.replace(/^\d+/, String(stranger.pid)));

  const next = await startCluster(wanted, FAST);
  expect(await answers(next.url('postgres'))).toBe(true);
  expect(postmaster()).not.toBe(stranger.pid);
  expect(stranger.exitCode).toBeNull();
  await next.stop();
});

async function textOfPidFile(cluster: Cluster): Promise<string> {
  const text = readFileSync(pidFile(), 'utf8');
  await cluster.stop();
  return text;
}

it('deletes what it made, also where the data had to live outside a private folder', async () => {
  const cluster = await startCluster(wanted, FAST);
  const folder = dataFolder(wanted);
  await cluster.discard();
  expect(existsSync(folder)).toBe(false);
  if (folder !== wanted) expect(existsSync(path.dirname(folder))).toBe(false);
});
