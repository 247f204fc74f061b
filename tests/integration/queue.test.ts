/** Jobs whose process dies, lives for long, or is stopped: money and alerts wait for them. */
import { spawn, type ChildProcess } from 'node:child_process';
import path from 'node:path';
import { createQueue, type JobHandler, type Queue } from '../../src/shared/queue';
import { createTestDatabase, type TestDatabase } from '../support/database';
import { eventually } from '../support/eventually';

const ROOT = path.resolve(__dirname, '../..');
/** What a job waits for at most whose process was killed: claim, sweep and poll. */
const BOUND_MS = 30_000;
const OPTIONS = { retryLimit: 3, retryDelaySeconds: 60, expireSeconds: 300 };

let database: TestDatabase;
const queues: Queue[] = [];
const holders: ChildProcess[] = [];

beforeAll(async () => void (database = await createTestDatabase()));
afterAll(async () => {
  for (const holder of holders) holder.kill('SIGKILL');
  await Promise.all(queues.map((queue) => queue.stop()));
  await database.drop();
});

let prepared: Promise<void> = Promise.resolve();
/** One after the other, as the boot lock has it: pg-boss makes tables for each queue. */
const prepare = (queue: Queue) => (prepared = prepared.then(() => queue.prepare()));

async function startQueue(name: string, handler: JobHandler): Promise<Queue> {
  const queue = createQueue(database.url, () => undefined);
  queues.push(queue);
  queue.handle(name, OPTIONS, handler);
  await prepare(queue);
  queue.start();
  return queue;
}

/** Another process that takes jobs of this queue and stays at the first. */
function startHolder(name: string): { holder: ChildProcess; begun: () => string[] } {
  const script = path.join(ROOT, 'tests/support/queue-holder.ts');
  const holder = spawn(process.execPath, ['--import', 'tsx', script, database.url, name], {
    cwd: ROOT,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  holders.push(holder);
  let out = '';
  holder.stdout.on('data', (chunk: Buffer) => (out += chunk.toString()));
  return { holder, begun: () => out.split('\n').filter(Boolean) };
}

const send = (queue: Queue, name: string, count: number) =>
  queue.send(
    database.sql,
    Array.from({ length: count }, (_, n) => ({ queue: name, data: { n } })),
  );

const jobs = (name: string) =>
  database.sql.rows<{ state: string; retry_count: number }>(
    `select state::text, retry_count from pgboss.job where name = $1 order by data ->> 'n'`,
    [name],
  );

it.concurrent.each([['killed'], ['suspended']] as const)(
  'leaves the jobs of a process that is %s to others within a bound',
  async (how) => {
    const name = `orphans.${how}`;
    const sender = createQueue(database.url, () => undefined);
    sender.handle(name, OPTIONS, async () => undefined);
    queues.push(sender);
    await prepare(sender);
    await send(sender, name, 3);
    const { holder, begun } = startHolder(name);
    await eventually(() => expect(begun()).toHaveLength(1), { withinMs: 30_000 });

    holder.kill(how === 'killed' ? 'SIGKILL' : 'SIGSTOP');
    const since = performance.now();
    const done: unknown[] = [];
    await startQueue(name, async ({ data }) => void done.push(data.n));
    await eventually(() => expect(done.sort()).toEqual([0, 1, 2]), { withinMs: BOUND_MS });
    process.stdout.write(`Jobs of a ${how} process: done after ${Math.round(performance.now() - since)} ms\n`);
    await eventually(async () =>
      expect((await jobs(name)).map(({ state }) => state)).toEqual(Array(3).fill('completed')),
    );

    holder.kill('SIGCONT');
    await new Promise((resolve) => setTimeout(resolve, 1500));
    expect(begun()).toHaveLength(1); // what it had fetched and not begun it lets be
    expect(await jobs(name)).toMatchObject(Array(3).fill({ state: 'completed', retry_count: 1 }));
  },
);

it.concurrent(
  'keeps a job of a living process from others, however long it takes, and gives the rest back when it stops',
  async () => {
    const name = 'long';
    const taken: unknown[] = [];
    const first = await startQueue(name, async ({ data }) => {
      taken.push(data.n);
      await new Promise((resolve) => setTimeout(resolve, 22_000));
    });
    await send(first, name, 2);
    await eventually(() => expect(taken).toHaveLength(1));
    const second = await startQueue(name, async ({ data }) => void taken.push(data.n));
    const stopped = first.stop();
    const since = performance.now();
    await stopped;
    expect(performance.now() - since).toBeGreaterThan(20_000);
    // The first was not given to another meanwhile. The second was given back when the first was done, and is taken at once.
    await eventually(() => expect([...taken].sort()).toEqual([0, 1]), { withinMs: 3000 });
    await second.stop();
    expect(await jobs(name)).toEqual([
      { state: 'completed', retry_count: 0 },
      { state: 'completed', retry_count: 0 },
    ]);
  },
);
