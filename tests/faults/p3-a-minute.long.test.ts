/**
 * P3 to the letter: SIGSTOP for 60 s with the lease that Larder has by default (10 s), and a second instance. It takes
 * longer than a minute, so it runs with `npm run test:long`; in proportion, with a lease of 2 s, `npm test` runs it too.
 */
import { eventually } from '../support/eventually';
import { breaches } from '../support/invariants';
import { purchasesAt, storedUntil } from '../support/purchases';
import { doorsOpen } from '../support/visitor';
import { startWorld, type World } from '../support/world';

const STOPPED_MS = 60_000;
/** LEASE_S and SWEEP_INTERVAL_S as they are by default, and some room. */
const TAKEN_OVER_WITHIN_MS = 10_000 + 5000 + 3000;

let world: World;
beforeAll(async () => {
  world = await startWorld({ machines: 2, env: { LEASE_S: '10', SWEEP_INTERVAL_S: '5', VENDRON_TIMEOUT_MS: '5000' } });
});
afterAll(() => world.stop());

it('a minute of standing still: the other instance takes over, and what the first still writes changes nothing', async () => {
  const { simulator, database, larder: first } = world;
  const second = await world.startAnother();
  await world.opened('M1');
  await world.opened('M2');
  await doorsOpen(simulator, ['M1', 'M2']);

  first.signal('SIGSTOP');
  const stoppedAt = performance.now();
  world.larder = second;
  simulator.customer('M1').take('1001');
  for (const machine of ['M1', 'M2']) {
    await eventually(async () => expect((await purchasesAt(database.sql, machine))[0]?.fence).toBe(2), {
      withinMs: TAKEN_OVER_WITHIN_MS,
    });
  }
  process.stdout.write(`P3: taken over ${Math.round(performance.now() - stoppedAt)} ms after SIGSTOP\n`);
  await new Promise((resolve) => setTimeout(resolve, STOPPED_MS - (performance.now() - stoppedAt)));
  const before = await purchasesAt(database.sql, 'M1');

  first.signal('SIGCONT');
  await eventually(() => expect(first.log()).toContain(`Purchase ${before[0]?.id} is another instance's now.`));
  const after = await purchasesAt(database.sql, 'M1');
  expect(after).toMatchObject([{ state: 'open', fence: 2, owner: before[0]?.owner }]);

  for (const machine of ['M1', 'M2']) {
    // The old owner gives the line up; the new one asks every SWEEP_INTERVAL_S, and is told the rest.
    const checks = simulator.commands(machine).length;
    await eventually(() => expect(simulator.commands(machine).length).toBeGreaterThan(checks + 1), {
      withinMs: 25_000,
    });
    simulator.customer(machine).take('1007');
    simulator.customer(machine).close();
    await storedUntil(database.sql, machine, ['completed']);
    expect(simulator.machine(machine).doorCommands).toBe(1);
  }
  expect(await breaches(database.sql, simulator)).toEqual([]);
  expect((await first.get('/ready')).status).toBe(200);
});
