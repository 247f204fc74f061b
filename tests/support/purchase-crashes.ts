/** P1: `kill -9` between any two steps of a purchase, all of them in turn. */
import { startFakeWebhookTarget, type FakeWebhookTarget } from '../fakes/webhook-target';
import { createCrashOrder, type CrashOrder, type Flavour } from './crash';
import { eventually } from './eventually';
import { breaches } from './invariants';
import { OVER, purchasesAt, storedUntil } from './purchases';
import { visit } from './visitor';
import { orderOf, startWorld, type World } from './world';

const SECRET = 'webhook-secret-for-tests';
/** More writes than a purchase makes: the run that is not killed any more comes long before. */
const MOST_POINTS = 60;

interface Run {
  /** The name of each write that the process was killed at, in order. */
  readonly points: string[];
  readonly ends: Record<string, number>;
}

/** Declares the test: every step was met, and every purchase that was cut there is settled. */
export function settlesAllCut(when: Flavour): void {
  it(`settles every purchase that was cut ${when} a write`, async () => {
    const { points, ends } = await crashEverywhere(when);
    process.stdout.write(`P1: crash points: ${points.length} ${when} (${JSON.stringify(ends)})\n`);
    // Every kind of step was met, so that the count means what it says.
    expect(points).toEqual(
      expect.arrayContaining([
        'customers.make',
        'purchases.create',
        'purchases.journal',
        'send smart_fridge_request',
        'send smart_fridge_door_open',
        '+jobs',
        '+meals.record-movements',
        'commit',
      ]),
    );
    expect(points.length).toBeGreaterThanOrEqual(12);
    // Reviews are those whose door was never known to be asked for, and whose completion died with the process.
    expect(ends.completed).toBeGreaterThanOrEqual(6);
    expect(ends.expired).toBeGreaterThanOrEqual(2);
  });
}

/** One purchase for each write: killed there, restarted, settled. Ends with the purchase that is killed no more. */
async function crashEverywhere(when: Flavour): Promise<Run> {
  const target = await startFakeWebhookTarget(SECRET);
  const order = createCrashOrder();
  const world = await startWorld({
    machines: MOST_POINTS,
    preload: order.preload,
    // A request whose door was never asked for is soon forgotten, so that its machine is free again.
    simulator: { requestTtlMs: 1000 },
    env: { ...order.env, LEASE_S: '2', COMPLETION_DEADLINE_S: '60', WEBHOOK_URL: target.url, WEBHOOK_SECRET: SECRET },
  });
  const points: string[] = [];
  const ends: Record<string, number> = {};
  try {
    for (let at = 1; at <= MOST_POINTS; at += 1) {
      const { diedAt, state } = await crashAt(at, when, world, order);
      ends[state] = (ends[state] ?? 0) + 1;
      if (diedAt === undefined) break;
      points.push(diedAt);
    }
    await eachTold(world, target);
    expect(await breaches(world.database.sql, world.simulator)).toEqual([]);
    return { points, ends };
  } finally {
    await world.stop();
    await target.close();
    order.remove();
  }
}

async function crashAt(
  at: number,
  when: Flavour,
  world: World,
  order: CrashOrder,
): Promise<{ diedAt?: string; state: string }> {
  const { simulator, database, larder } = world;
  const machine = `M${at}`;
  const body = orderOf(`customer-${machine}`);
  const open = () => world.larder.post(`/api/machines/${machine}/open`, body).set('Idempotency-Key', `key-${machine}`);
  let isDead = false;
  let isBack = false;
  const died = larder.ended.then(() => (isDead = true));
  // The customer does the next thing when Larder has stored the last one, or is gone, as the cloud knows. At every other
  // point what is left to do waits until Larder is back.
  const mayAct = (step: number) =>
    eventually(
      async () => {
        const [stored] = await purchasesAt(database.sql, machine);
        const isStored = stored?.state === 'open' && (step === 0 || stored.basket !== null);
        const isGone = at % 2 === 0 ? isBack : isDead && (isBack || simulator.connections() === 0);
        if (!isGone && (isDead || !isStored)) throw new Error('not yet');
      },
      { withinMs: 60_000, everyMs: 10 },
    );
  const customer = visit(simulator, machine, { mayAct });

  order.arm(at, when);
  const answer = open().then(
    (response) => response.status,
    () => undefined, // the connection was reset by the crash
  );
  await Promise.race([died, settled(database.sql, machine, order)]);
  order.disarm();
  const diedAt = isDead ? order.seen().at(-1) : undefined;
  if (isDead) {
    world.larder = await world.startAnother();
    isBack = true;
    // The front end never heard: it asks again, and must get the same purchase.
    const again = await open();
    expect([200, 202, 503]).toContain(again.status);
  } else {
    expect(await answer).toBe(200);
  }

  const purchase = await storedUntil(database.sql, machine, OVER, 15_000);
  customer.leave();
  const doorOpened = await customer.ended;
  const seen = simulator.machine(machine);
  expect({ machine, diedAt, doorCommands: seen.doorCommands }).toEqual({
    machine,
    diedAt,
    doorCommands: doorOpened ? 1 : 0,
  });
  // What was taken is paid for or looked at by a person; where the door stayed shut nothing is.
  expect(doorOpened ? ['completed', 'review'] : ['expired', 'review']).toContain(purchase.state);
  const isPaid = purchase.state === 'completed';
  expect(purchase.lines).toEqual(isPaid ? [{ sku: '1001', quantity: 1, amount: 650 }] : []);
  expect(purchase.total).toBe(isPaid ? 650 : null);
  return { state: purchase.state, ...(diedAt !== undefined && { diedAt }) };
}

/** Resolves when the purchase is over, its meals have left, and the process has come to no further write for a while. */
async function settled(sql: World['database']['sql'], machine: string, order: CrashOrder): Promise<void> {
  const { id, state } = await storedUntil(sql, machine, OVER, 30_000);
  if (state === 'completed') {
    const taken = `select 1 from stock_movements where transaction_id = $1`;
    await eventually(async () => expect(await sql.rows(taken, [id])).toHaveLength(1), { withinMs: 30_000 });
  }
  let count = -1;
  await eventually(
    () => {
      const now = order.seen().length;
      if (now !== count) {
        count = now;
        throw new Error('still writing');
      }
    },
    { everyMs: 150 },
  );
}

/** Whoever listens hears of each purchase that was finished, also where the job was at hand when its process died. */
async function eachTold(world: World, target: FakeWebhookTarget): Promise<void> {
  await eventually(
    async () => {
      const finished = await world.database.sql.rows<{ delivery: string }>(
        `select document_id || '-' || state as delivery from transactions where state in ('completed', 'empty', 'review')`,
      );
      const told = new Set(target.received.map(({ body }) => (JSON.parse(body) as { id: string }).id));
      const untold = finished.map(({ delivery }) => delivery).filter((delivery) => !told.has(delivery));
      expect({ untold, jobs: await jobsOf(world, untold) }).toEqual({ untold: [], jobs: [] });
      expect(told.size).toBeGreaterThan(0);
    },
    // A job of a process that was killed is given out again after some 20 s; the meals come first, then whoever listens.
    { withinMs: 60_000 },
  );
}

/** For whoever reads why somebody was not told. */
function jobsOf(world: World, deliveries: readonly string[]) {
  return world.database.sql.rows(
    `select name, state, retry_count, started_on, start_after, now(), data, output from pgboss.job
     where data ->> 'transactionId' = any($1) and name <> 'alerts.raise'`,
    [deliveries.map((delivery) => delivery.split('-')[0])],
  );
}
