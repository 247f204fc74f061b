/** G5: the other side is gone without a word, and TCP does not notice. The pings do, within two intervals. */
import { buy, causesTold, doorCommands, untilQuiet } from '../support/evidence';
import { eventually } from '../support/eventually';
import { breaches } from '../support/invariants';
import { startWorld, type World } from '../support/world';

/** A cloud has half of it to answer a ping: on a machine with more to do than it can, 0.75 s were once too few. */
const PING_MS = 4000;
/** Timers, the event loop and the database of a busy machine. */
const SLACK_MS = 1500;

let world: World;
beforeAll(async () => {
  world = await startWorld({ machines: 4, env: { VENDRON_PING_INTERVAL_MS: String(PING_MS) } });
});
afterAll(() => world.stop());

it('M1: a purchase on a deaf line has another one within two intervals, and is settled', async () => {
  const id = await world.opened('M1');
  expect(world.simulator.cut('half-open', 'M1')).toBe(1);
  const cutAt = performance.now();
  buy(world, 'M1', '1001', '1006');
  const lost = await eventually(
    async () => {
      const event = (await world.history(id)).find(({ name }) => name === 'connection.lost');
      if (!event) throw new Error('not lost yet');
      return event;
    },
    { everyMs: 20 },
  );
  expect(performance.now() - cutAt).toBeLessThan(2 * PING_MS + SLACK_MS);
  expect(performance.now() - cutAt).toBeGreaterThan(PING_MS / 2);
  expect(lost.message).toMatch(/nothing was heard for two ping intervals/);
  expect(await world.until(id, 'completed')).toMatchObject({ totalAmount: 940 });
  expect(doorCommands(world, 'M1')).toBe(1);
});

it('M2: lines that stand by are replaced too, before a customer meets a deaf one', async () => {
  await untilQuiet(world);
  world.simulator.cut('half-open');
  const cutAt = performance.now();
  expect(world.simulator.connections()).toBe(0);
  await eventually(() => expect(world.simulator.connections()).toBeGreaterThan(0), { everyMs: 20 });
  expect(performance.now() - cutAt).toBeLessThan(2 * PING_MS + SLACK_MS);
  const id = await world.opened('M2');
  buy(world, 'M2', '1007');
  await world.until(id, 'completed');
});

it('M3: a line that is quiet but alive is left alone for many intervals', async () => {
  const id = await world.opened('M3');
  const openedAt = performance.now();
  await eventually(() => expect(performance.now() - openedAt).toBeGreaterThan(3 * PING_MS));
  expect((await world.history(id)).map(({ name }) => name)).not.toContain('connection.lost');
  buy(world, 'M3', '1008');
  await world.until(id, 'completed');
  expect(await causesTold(world, id)).toEqual([]);
  expect(await breaches(world.database.sql, world.simulator)).toEqual([]);
});
