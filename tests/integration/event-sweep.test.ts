/** The sweep of Stripe's events: where it begins, that it reads all of it in bounded runs, and what Stripe's silence does. */
import { createEventSweep } from '../../src/plugins/billing/server/src/webhooks/sweep';
import type { BillingParts } from '../../src/plugins/billing/server/src/core/parts';
import { createStripe } from '../../src/plugins/billing/server/src/stripe/client';
import { createStripeLine } from '../../src/plugins/billing/server/src/stripe/call';
import { QUEUE_OPTIONS, queues } from '../../src/plugins/billing/server/src/core/queues';
import { EVENT_QUEUE_OPTIONS } from '../../src/plugins/billing/server/src/webhooks/handlers';
import { createQueue, type Queue } from '../../src/shared/queue';
import { startFakeStripe, type FakeStripe } from '../fakes/stripe';
import { createTestDatabase, type TestDatabase } from '../support/database';

const DAY = 86_400;

let fake: FakeStripe;
let database: TestDatabase;
let queue: Queue;
let sweep: () => Promise<void>;
/** How long ago it is for the fake, in seconds. */
let ago: number;

beforeEach(async () => {
  ago = 0;
  fake = await startFakeStripe({ clock: () => Date.now() - ago * 1000 });
  database = await createTestDatabase();
  const stripe = createStripe({ secretKey: fake.secretKey, apiBase: fake.url, timeoutMs: 5000 });
  const { call } = createStripeLine(stripe, { failuresToRest: 1000 });
  queue = createQueue(database.url, () => undefined);
  queue.handle(queues.eventDead, QUEUE_OPTIONS, async () => undefined);
  queue.handle(queues.event, EVENT_QUEUE_OPTIONS, async () => undefined);
  await queue.prepare(); // and never started: the jobs stay where they are
  sweep = createEventSweep({ database: database.sql, queue, call } as unknown as BillingParts);
});
afterEach(async () => {
  await queue.stop();
  await database.drop();
  await fake.stop();
});

const listings = () => fake.requests.filter(({ path }) => path.startsWith('/v1/events'));
const makeEvents = async (count: number) => {
  const stripe = createStripe({ secretKey: fake.secretKey, apiBase: fake.url, timeoutMs: 5000 });
  const { id } = await stripe.customers.create({ email: 'a@example.com' });
  for (let n = 0; n < count; n += 1) await stripe.customers.update(id, { name: `Name ${n}` });
};
const stored = async () => {
  const [row] = await database.sql.rows<{ events: number; jobs: number; behind: number }>(`
    select (select count(*)::int from stripe_events where source = 'sweep') as events,
      (select count(*)::int from pgboss.job where name = '${queues.event}') as jobs,
      (select extract(epoch from now()::timestamp - reached_at)::int from larder.stripe_cursors where name = 'events') as behind`);
  return row ?? { events: 0, jobs: 0, behind: 0 };
};
const firstFrom = async () => {
  fake.faults.down(true, 'unavailable');
  await sweep();
  const [row] = await database.sql.rows<{ behind: number }>(
    `select extract(epoch from now()::timestamp - reached_at)::int as behind from larder.stripe_cursors where name = 'events'`,
  );
  return row?.behind ?? 0;
};

it('takes in each event once, and reads the last minutes again', async () => {
  await makeEvents(3);
  await sweep();
  expect(await stored()).toMatchObject({ events: 3, jobs: 3 });
  expect((await stored()).behind).toBeGreaterThanOrEqual(300);
  expect((await stored()).behind).toBeLessThan(310);
  await makeEvents(2);
  await sweep();
  expect(await stored()).toMatchObject({ events: 5, jobs: 5 });
});

it('reads a day in which much happened in runs of a few requests, and forgets nothing', async () => {
  for (const hoursAgo of [20, 12, 3, 0]) {
    ago = hoursAgo * 3600;
    await makeEvents(600);
  }
  let runs = 0;
  for (; (await stored()).events < 2400 && runs < 40; runs += 1) {
    const before = listings().length;
    await sweep();
    // The slice at hand is read to its end.
    expect(listings().length - before).toBeLessThanOrEqual(40);
  }
  expect(runs).toBeGreaterThan(1);
  expect(await stored()).toMatchObject({ events: 2400, jobs: 2400 });
}, 60_000);

it('begins a day back', async () => {
  const behind = await firstFrom();
  expect(Math.abs(behind - DAY)).toBeLessThan(10);
});

it('begins where the oldest open payment does', async () => {
  await database.sql.rows(`
    insert into payments (document_id, key, purpose, state, authorized_amount, captured_amount, refunded_amount,
      disputed_amount, currency, is_taken_over, created_at, updated_at)
    select state, state, 'purchase', state, 1, 0, 0, 0, 'EUR', false, now() - make_interval(days => days), now()
    from (values ('held', 3), ('released', 9)) v(state, days)`);
  const behind = await firstFrom();
  expect(Math.abs(behind - 3 * DAY)).toBeLessThan(10);
});

it('asks for no more than Stripe keeps', async () => {
  await database.sql.rows(
    `insert into larder.stripe_cursors (name, reached_at) values ('events', now() - interval '90 days')`,
  );
  ago = 29 * DAY;
  await makeEvents(1);
  ago = 0;
  for (let run = 0; run < 3; run += 1) await sweep();
  expect(await stored()).toMatchObject({ events: 1, behind: expect.any(Number) });
  const { created } = (listings()[0]?.params ?? {}) as { created?: { gte?: string } };
  expect(Math.abs(Date.now() / 1000 - 30 * DAY - Number(created?.gte))).toBeLessThan(60);
});

it('stays where it is while Stripe is away', async () => {
  await makeEvents(1);
  fake.faults.errorBefore(500, 'GET /v1/events');
  await sweep();
  expect(await stored()).toMatchObject({ events: 0 });
  expect(Math.abs((await stored()).behind - DAY)).toBeLessThan(10);
  await sweep();
  expect(await stored()).toMatchObject({ events: 1, jobs: 1 });
});
