/** G6: every line breaks in the same moment. Larder comes back, with jitter, and watches every live purchase again. */
import { alertsTold, buy, commandsAt, doorCommands, words } from '../support/evidence';
import { eventually } from '../support/eventually';
import { breaches } from '../support/invariants';
import { startWorld, type World } from '../support/world';

const MACHINES = Array.from({ length: 20 }, (_, n) => `M${n + 1}`);
let world: World;
beforeAll(async () => {
  world = await startWorld({ machines: MACHINES.length });
});
afterAll(() => world.stop());

it('watches each of twenty open doors again, twice over, and settles all of them', async () => {
  const ids = await Promise.all(MACHINES.map((machine) => world.opened(machine)));
  for (const mode of ['terminate', 'close'] as const) {
    const before = MACHINES.map((machine) => checks(machine));
    expect(world.simulator.cut(mode)).toBeGreaterThanOrEqual(MACHINES.length);
    await eventually(() =>
      MACHINES.forEach((machine, n) => expect(checks(machine)).toBeGreaterThan(before[n] ?? Infinity)),
    );
  }
  MACHINES.forEach((machine) => buy(world, machine, '1001', '1007'));
  for (const id of ids) expect(await world.until(id, 'completed')).toMatchObject({ totalAmount: 810 });
  for (const machine of MACHINES) expect(doorCommands(world, machine)).toBe(1);
  for (const id of ids) {
    const losses = words(await world.history(id)).filter((word) => word === 'connection.lost lost');
    expect(losses.length).toBeGreaterThanOrEqual(2);
  }
  // Lines that break are no outage: the cloud could be reached all the time.
  expect(await alertsTold(world)).toEqual([]);
});

it('serves a new customer at once, and says it is ready', async () => {
  world.simulator.cut('terminate');
  const response = await world.open('M1', 'the-next');
  expect(response.status).toBe(200);
  await eventually(async () => expect((await world.larder.get('/ready')).status).toBe(200));
  buy(world, 'M1', '1002');
  await world.until(response.body.id, 'completed');
  expect(await breaches(world.database.sql, world.simulator)).toEqual([]);
});

const checks = (machine: string) => commandsAt(world, machine, 'check_machine_state');
