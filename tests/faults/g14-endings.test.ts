/** G14: the door is never closed, the completion never comes, or it comes when all is long over. */
import { alertsTold, buy, causesTold, doorCommands, untilQuiet, words } from '../support/evidence';
import { eventually } from '../support/eventually';
import { completedFrame } from '../support/frames';
import { breaches } from '../support/invariants';
import { startWorld, type World } from '../support/world';

let world: World;
beforeAll(async () => {
  world = await startWorld({ machines: 8, env: { DOOR_OPEN_DEADLINE_S: '2', COMPLETION_DEADLINE_S: '2' } });
});
afterAll(() => world.stop());
afterEach(() => world.simulator.clearFaults());

it('M1: a door that stays open: a reminder, then a person', async () => {
  world.simulator.setFaults([{ name: 'never-close', machine: 'M1' }]);
  const id = await world.opened('M1');
  buy(world, 'M1', '1001');
  await eventually(async () => expect(await causesTold(world, id)).toEqual(['door_open']));
  expect(await world.purchase(id)).toMatchObject({ state: 'open', door: 'unlocked' });
  expect(words(await world.history(id))).toContain('purchase.reminded open');
  const purchase = await world.until(id, 'review');
  expect(purchase).toMatchObject({ door: 'unknown', totalAmount: null, products: [{ sku: '1001', amount: 650 }] });
  expect(purchase.message).toMatch(/closing was never reported/);
  expect(await alertsTold(world, id)).toMatchObject([
    { cause: 'door_open', severity: 'warning' },
    { cause: 'purchase_review', severity: 'urgent' },
  ]);
});

it('M2: lists that go on coming do not put the reminder off', async () => {
  const id = await world.opened('M2');
  const openedAt = performance.now();
  const customer = world.simulator.customer('M2');
  await eventually(
    async () => {
      customer.take('1007');
      expect(await causesTold(world, id)).toEqual(['door_open']);
    },
    { everyMs: 150 },
  );
  expect(performance.now() - openedAt).toBeLessThan(8000);
  customer.close();
  await world.until(id, 'completed');
});

it('M3: a door that closes after the reminder is settled as any other', async () => {
  const id = await world.opened('M3');
  await eventually(async () => expect(await causesTold(world, id)).toEqual(['door_open']));
  buy(world, 'M3', '1002');
  expect(await world.until(id, 'completed')).toMatchObject({ totalAmount: 790 });
  expect(await causesTold(world, id)).toEqual(['door_open']);
});

it('M4: no completion: a person, and the machine is free for the next customer', async () => {
  world.simulator.setFaults([{ name: 'never-complete', machine: 'M4', times: 1 }]);
  const id = await world.opened('M4');
  buy(world, 'M4', '1003');
  expect(await world.until(id, 'closed')).toMatchObject({ door: 'locked' });
  const purchase = await world.until(id, 'review');
  expect(purchase.message).toMatch(/no completion came/);
  expect(purchase).toMatchObject({ totalAmount: null, products: [{ sku: '1003', amount: 750 }] });
  expect(await alertsTold(world, id)).toMatchObject([{ cause: 'purchase_review', severity: 'urgent' }]);
  const next = await world.opened('M4', 'the-next');
  buy(world, 'M4', '1001');
  await world.until(next, 'completed');
});

it('M5: a completion that comes a moment too late is recorded, and settles nothing', async () => {
  world.simulator.setFaults([{ name: 'late-completion', ms: 3200, busy: true, machine: 'M5' }]);
  const id = await world.opened('M5');
  buy(world, 'M5', '1004');
  await world.until(id, 'review');
  await eventually(async () => expect(await causesTold(world, id)).toEqual(['late_completion', 'purchase_review']));
  expect(words(await world.history(id))).toContain('smart_fridge_request_completed late');
  expect(await world.purchase(id)).toMatchObject({ state: 'review', totalAmount: null });
});

it('M6: a completion that comes a day late, on whatever line, twice: recorded, told once, nothing settled again', async () => {
  world.simulator.setFaults([{ name: 'never-complete', machine: 'M6' }]);
  const id = await world.opened('M6');
  buy(world, 'M6', '1005');
  await world.until(id, 'review');
  await untilQuiet(world);
  await world.database.sql.rows(
    `update transactions set created_at = created_at - interval '1 day', opened_at = opened_at - interval '1 day',
       door_requested_at = door_requested_at - interval '1 day', closed_at = closed_at - interval '1 day'
     where document_id = $1`,
    [id],
  );
  const before = await world.purchase(id);
  const frame = JSON.stringify(completedFrame(before.ref, '1005', '1004'));
  const lines = world.simulator.inject(frame, 'idle') + world.simulator.inject(frame, 'idle');
  await eventually(async () => {
    const late = words(await world.history(id)).filter((word) => word === 'smart_fridge_request_completed late');
    expect(late).toHaveLength(lines);
  });
  expect(await world.purchase(id)).toEqual(before);
  const occurrences = (await alertsTold(world, id)).filter(({ cause }) => cause === 'late_completion');
  expect(new Set(occurrences.map(({ occurrence }) => occurrence)).size).toBe(1);
  await eventually(async () => {
    const [row] = await world.database.sql.rows(
      `select count from incidents i join incidents_machine_lnk l on l.incident_id = i.id join machines m on m.id = l.machine_id
       where i.cause = 'late_completion' and m.vendor_id = 'M6'`,
    );
    expect(row).toEqual({ count: 1 });
  });
});

it('M7: a completion of a purchase that was settled is recorded and raises nothing', async () => {
  const id = await world.opened('M7');
  buy(world, 'M7', '1006');
  const ended = await world.until(id, 'completed');
  world.simulator.inject(JSON.stringify(completedFrame('t', '1004')), { machine: 'M7' });
  await eventually(async () => expect(words(await world.history(id))).toContain('smart_fridge_request_completed late'));
  expect(await world.purchase(id)).toEqual(ended);
  expect(await causesTold(world, id)).toEqual([]);
});

it('asked for each door once, and broke no promise', async () => {
  for (const machine of ['M1', 'M2', 'M3', 'M5', 'M6', 'M7']) expect(doorCommands(world, machine)).toBe(1);
  expect(await breaches(world.database.sql, world.simulator)).toEqual([]);
});
