import { DatabaseUnavailable } from '../sql';
import { createClaims } from './claims';
import type { JobHandler } from './queue';
import { startWorker, type Worker, type WorkerParts } from './worker';

/** As much of pg-boss as a worker touches: a list of jobs, what became of them, and a database that may be away. */
class FakeBoss {
  waiting: { id: string; data: unknown }[] = [];
  completed: string[] = [];
  failed: [id: string, reason: unknown][] = [];
  fetches = 0;
  isAway = false;

  fetch = async () => {
    this.fetches += 1;
    this.answer();
    return this.waiting.splice(0, 10);
  };
  complete = async (_queue: string, id: string) => {
    this.answer();
    this.completed.push(id);
  };
  fail = async (_queue: string, id: string, reason: unknown) => {
    this.answer();
    this.failed.push([id, reason]);
  };

  private answer(): void {
    if (this.isAway) throw new DatabaseUnavailable(new Error('ECONNREFUSED'));
  }
}

const boss = () => new FakeBoss();
const workers: Worker[] = [];
const warnings: string[] = [];
/** The jobs of each statement that claims were given back with. */
const givenBack: unknown[] = [];

function start(on: FakeBoss, handler: JobHandler, atOnce = 1): Worker {
  const warn = (message: string) => void warnings.push(message);
  const claims = createClaims(async (_, [, ids]) => void givenBack.push(ids), warn);
  const boss = on as unknown as WorkerParts['boss'];
  const worker = startWorker({ boss, claims, queue: 'errands', expireSeconds: 300, atOnce, handler, warn });
  workers.push(worker);
  return worker;
}

const until = async (isSo: () => boolean) => {
  for (let turn = 0; turn < 400 && !isSo(); turn += 1) await new Promise((resolve) => setTimeout(resolve, 5));
  expect(isSo()).toBe(true);
};

beforeEach(() => {
  warnings.length = 0;
  givenBack.length = 0;
});
afterEach(async () => {
  await Promise.all(workers.splice(0).map((worker) => worker.stop()));
});

it('runs the jobs of a queue one after the other, and says of each that it is done', async () => {
  const queue = boss();
  queue.waiting = [1, 2, 3].map((n) => ({ id: `job-${n}`, data: { n } }));
  let atOnce = 0;
  const seen: unknown[] = [];
  start(queue, async ({ data }) => {
    atOnce += 1;
    expect(atOnce).toBe(1);
    await new Promise((resolve) => setTimeout(resolve, 2));
    seen.push(data.n);
    atOnce -= 1;
  });
  await until(() => queue.completed.length === 3);
  expect(seen).toEqual([1, 2, 3]);
  expect(queue.completed).toEqual(['job-1', 'job-2', 'job-3']);
});

it('runs as many at once as it may, and no more', async () => {
  const queue = boss();
  queue.waiting = [1, 2, 3, 4, 5].map((n) => ({ id: `job-${n}`, data: { n } }));
  let atOnce = 0;
  let most = 0;
  start(
    queue,
    async () => {
      atOnce += 1;
      most = Math.max(most, atOnce);
      await new Promise((resolve) => setTimeout(resolve, 10));
      atOnce -= 1;
    },
    3,
  );
  await until(() => queue.completed.length === 5);
  expect(most).toBe(3);
});

it('gives a job that fails back, and goes on with the next', async () => {
  const queue = boss();
  queue.waiting = ['bad', 'good'].map((id) => ({ id, data: null }));
  start(queue, async ({ id, data }) => {
    expect(data).toEqual({});
    if (id === 'bad') throw new Error('no such target');
  });
  await until(() => queue.completed.length === 1);
  expect(queue.failed).toEqual([['bad', { message: 'no such target' }]]);
  expect(warnings).toEqual(['Job errands/bad failed and is tried again: no such target']);
});

it('looks at once when it is woken', async () => {
  const queue = boss();
  const worker = start(queue, async () => undefined);
  await until(() => queue.fetches === 1);
  queue.waiting = [{ id: 'new', data: {} }];
  const startedAt = performance.now();
  await until(() => {
    worker.wake();
    return queue.completed.length === 1;
  });
  expect(performance.now() - startedAt).toBeLessThan(500); // a poll comes once a second
});

it('waits in silence while the database is away, and goes on when it is back', async () => {
  const queue = boss();
  queue.waiting = [{ id: 'job', data: {} }];
  queue.isAway = true;
  const worker = start(queue, async () => undefined);
  await until(() => queue.fetches === 1);
  queue.isAway = false;
  await until(() => {
    worker.wake();
    return queue.completed.length === 1;
  });
  expect(warnings).toEqual([]);
});

it('outlives a job whose end could not be written: the queue gives it out again', async () => {
  const queue = boss();
  queue.waiting = [{ id: 'lost', data: {} }];
  const worker = start(queue, async () => void (queue.isAway = true));
  await until(() => queue.isAway);
  queue.isAway = false;
  queue.waiting = [{ id: 'next', data: {} }];
  await until(() => {
    worker.wake();
    queue.isAway = false;
    return queue.completed.includes('next') || queue.waiting.length === 0;
  });
  expect(queue.completed).not.toContain('lost');
});

it('finishes the job at hand when it is stopped, and gives the others back', async () => {
  const queue = boss();
  queue.waiting = ['at hand', 'next'].map((id) => ({ id, data: {} }));
  let finish: () => void = () => undefined;
  const isRunning = new Promise<void>((started) => {
    start(queue, () => {
      started();
      return new Promise((resolve) => (finish = resolve));
    });
  });
  await isRunning;
  const stopped = workers[0]?.stop();
  finish();
  await stopped;
  expect(queue.completed).toEqual(['at hand']);
  expect(givenBack).toEqual([['next']]);
});
