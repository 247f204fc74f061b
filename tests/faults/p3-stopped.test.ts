/**
 * P3: an instance that stands still past its lease (SIGSTOP, a suspended virtual machine) while another one runs. The lease
 * is 2 s here and the stop as long as the takeover takes; 60 s and a lease of 10 s differ in nothing but patience.
 */
import { eventually } from '../support/eventually';
import { breaches } from '../support/invariants';
import type { Larder } from '../support/larder';
import { purchasesAt, storedUntil } from '../support/purchases';
import { doorsOpen } from '../support/visitor';
import { startWorld, type World } from '../support/world';

let world: World;
let second: Larder;

beforeAll(async () => {
  world = await startWorld({
    machines: 6,
    simulator: { requestTtlMs: 1500 },
    env: { LEASE_S: '2', VENDRON_TIMEOUT_MS: '8000', OPEN_REPLY_WITHIN_MS: '300' },
  });
  second = await world.startAnother();
});
afterAll(() => world.stop());

const eventsOf = (machine: string, name: string) =>
  world.database.sql.rows<{ kind: string }>(
    `select e.kind from events e join events_machine_lnk l on l.event_id = e.id join machines m on m.id = l.machine_id
     where m.vendor_id = $1 and e.name = $2`,
    [machine, name],
  );

it('is fenced: what it still writes is refused, no door is asked for twice, each purchase is settled once', async () => {
  const { simulator, database, larder: first } = world;
  const { sql } = database;
  // M1: the customer takes something while the owner stands still, and closes the door after it came to again.
  // M2: the customer closes the door while the owner stands still. M3: the owner stops before it may ask for the door.
  await world.opened('M1');
  await world.opened('M2');
  simulator.setFaults([{ name: 'delay', frames: 'begun', ms: 600, machine: 'M3' }]);
  const opening = await world.open('M3');
  expect(opening.status).toBe(202);
  await doorsOpen(simulator, ['M1', 'M2']);
  await simulator.until('M3', 'requested');

  first.signal('SIGSTOP');
  simulator.customer('M1').take('1001');
  simulator.customer('M2').take('1002');
  simulator.customer('M2').close();
  world.larder = second;
  const [before] = await purchasesAt(sql, 'M1');
  for (const machine of ['M1', 'M2', 'M3']) {
    await eventually(async () => {
      const [purchase] = await purchasesAt(sql, machine);
      expect(purchase?.fence).toBe(2);
    });
  }
  // The door of M3 was not asked for; the request is forgotten, and nobody is told it was open.
  expect((await storedUntil(sql, 'M3')).state).toBe('expired');
  // Whether something was taken at M2 only the first instance was told, and it stands still.
  expect((await storedUntil(sql, 'M2')).state).toBe('review');

  first.signal('SIGCONT');
  // The frames that waited in its sockets are stored, as evidence, and change nothing.
  await eventually(async () => {
    expect(await eventsOf('M1', 'smart_fridge_product_taken')).toHaveLength(1);
    expect(await eventsOf('M2', 'smart_fridge_request_completed')).toHaveLength(1);
    expect(await eventsOf('M3', 'smart_fridge_request_begun')).toHaveLength(1);
  });
  const [after] = await purchasesAt(sql, 'M1');
  expect(after).toMatchObject({ state: 'open', fence: 2, basket: null });
  expect(after?.owner).not.toBe(before?.owner);
  expect(simulator.machine('M3').doorCommands).toBe(0);

  // It gives the line up, and the new owner hears the rest.
  await eventually(() => expect(first.log()).toContain(`Purchase ${after?.id} is another instance's now.`));
  const checks = simulator.commands('M1').length;
  await eventually(() => expect(simulator.commands('M1').length).toBeGreaterThan(checks + 1));
  simulator.customer('M1').take('1007');
  simulator.customer('M1').close();
  const settled = await storedUntil(sql, 'M1', ['completed']);
  expect(settled.lines.map(({ sku }) => sku)).toEqual(['1001', '1007']);

  for (const machine of ['M1', 'M2']) expect(simulator.machine(machine).doorCommands).toBe(1);
  expect((await storedUntil(sql, 'M2')).state).toBe('review');
  expect(await breaches(sql, simulator)).toEqual([]);
});

it('works again as any other instance', async () => {
  expect((await world.larder.get('/ready')).status).toBe(200);
  await world.opened('M4');
  world.simulator.customer('M4').close();
  await storedUntil(world.database.sql, 'M4', ['empty']);
});
