import type PgBoss from 'pg-boss';
import type { Claims } from './claims';
import { startWorker, type Worker } from './worker';

const claims = { hold: () => undefined, isHeld: () => true, drop: () => undefined, giveBack: async () => undefined };
const job = (id: string) => ({ id, data: {} });

let waiting: { id: string }[];
let looks: number;
let worker: Worker | undefined;
const boss = {
  fetch: async () => {
    looks += 1;
    return waiting.splice(0);
  },
  complete: async () => undefined,
};

function start(handler: () => Promise<void>): Worker {
  const parts = { queue: 'q', expireSeconds: 10, atOnce: 1, warn: () => undefined };
  worker = startWorker({ ...parts, boss: boss as unknown as PgBoss, claims: claims as unknown as Claims, handler });
  return worker;
}
/** The clock stands still: only a wake can bring the next look. */
const turns = async () => {
  for (let n = 0; n < 50; n += 1) await Promise.resolve();
};

beforeEach(() => {
  jest.useFakeTimers();
  [waiting, looks] = [[], 0];
});
afterEach(async () => {
  await worker?.stop();
  jest.useRealTimers();
});

it('looks at once when it is woken while it waits', async () => {
  const done: number[] = [];
  start(async () => void done.push(1));
  await turns();
  waiting.push(job('a'));
  await turns();
  expect(looks).toBe(1);
  worker?.wake();
  await turns();
  expect(done).toEqual([1]);
});

it('looks again at once when it was woken while a job was at hand', async () => {
  const done: string[] = [];
  let free: () => void = () => undefined;
  waiting.push(job('a'));
  start(() => new Promise((resolve) => (free = () => (done.push('one'), resolve()))));
  await turns();
  waiting.push(job('b'));
  worker?.wake();
  free();
  await turns();
  expect(looks).toBe(2);
  free();
  await turns();
  expect(done).toEqual(['one', 'one']);
});

it('looks again at once when it was woken while it looked', async () => {
  const done: number[] = [];
  start(async () => void done.push(1));
  // The first look has found nothing, and its answer is still on its way.
  waiting.push(job('late'));
  worker?.wake();
  await turns();
  expect(done).toEqual([1]);
  expect(looks).toBe(2);
});
