/** G4: the line breaks while the door is open, or between its closing and the completion. */
import { alertsTold, buy, causesTold, commandsAt, doorCommands, words } from '../support/evidence';
import { eventually } from '../support/eventually';
import { completedFrame } from '../support/frames';
import { breaches } from '../support/invariants';
import { startWorld, type World } from '../support/world';

let world: World;
beforeAll(async () => {
  world = await startWorld({ machines: 8, env: { COMPLETION_DEADLINE_S: '4' } });
});
afterAll(() => world.stop());
afterEach(() => world.simulator.clearFaults());

it.each([
  ['M1', 'terminate'],
  ['M2', 'close'],
] as const)('%s: cut while open by %s: a new line, the completion is seen and settled', async (machine, mode) => {
  const id = await world.opened(machine);
  const customer = world.simulator.customer(machine);
  customer.take('1001');
  expect(world.simulator.cut(mode, machine)).toBe(1);
  customer.take('1002');
  customer.putBack('1001');
  customer.close();
  const purchase = await world.until(id, 'completed');
  expect(purchase.products).toMatchObject([{ sku: '1002', quantity: 1, amount: 790 }]);
  expect(doorCommands(world, machine)).toBe(1);
  expect(await alertsTold(world, id)).toEqual([]);
});

it('M3: cut after the close and before the completion: settled all the same', async () => {
  world.simulator.setFaults([{ name: 'cut', at: 'closed', when: 'after', machine: 'M3', times: 1 }]);
  const id = await world.opened('M3');
  buy(world, 'M3', '1004');
  expect(await world.until(id, 'completed')).toMatchObject({ totalAmount: 960 });
  expect(words(await world.history(id))).toContain('connection.lost lost');
});

it('M4: cut again and again: every time a new line', async () => {
  const id = await world.opened('M4');
  const customer = world.simulator.customer('M4');
  for (const sku of ['1001', '1002', '1003']) {
    world.simulator.cut('terminate', 'M4');
    customer.take(sku);
    await world.simulator.until('M4', ({ basket }) => basket.includes(sku));
    await untilInBasket(id, sku);
  }
  customer.close();
  expect(await world.until(id, 'completed')).toMatchObject({ totalAmount: 650 + 790 + 750 });
});

it('M5: what happened meanwhile is lost and the machine is free: review, with the last basket as the proposal', async () => {
  world.simulator.setFaults([{ name: 'no-resume', machine: 'M5' }]);
  const id = await world.opened('M5');
  const customer = world.simulator.customer('M5');
  customer.take('1001');
  customer.take('1001');
  await untilInBasket(id, '1001', 2);
  world.simulator.cut('terminate', 'M5');
  customer.take('1004');
  customer.close();
  const purchase = await world.until(id, 'review');
  expect(purchase.message).toMatch(/free again/);
  expect(purchase).toMatchObject({ door: 'unknown', totalAmount: null, capturedAmount: null });
  expect(purchase.products).toMatchObject([{ sku: '1001', quantity: 2, unitAmount: 650, amount: 1300 }]);
  expect(await alertsTold(world, id)).toMatchObject([{ cause: 'purchase_review', severity: 'urgent' }]);
});

it('M6: closed, then cut, and no completion while the machine stays busy: review at the deadline', async () => {
  world.simulator.setFaults([
    { name: 'cut', at: 'closed', when: 'after', machine: 'M6', times: 1 },
    { name: 'never-complete', busy: true, machine: 'M6' },
  ]);
  const id = await world.opened('M6');
  buy(world, 'M6', '1005', '1006');
  await world.until(id, 'closed');
  const purchase = await world.until(id, 'review');
  expect(purchase.message).toMatch(/no completion came/);
  expect(purchase.products.map(({ sku }) => sku).sort()).toEqual(['1005', '1006']);
  expect(doorCommands(world, 'M6')).toBe(1);
});

it('M7: the completion of the customer before, on the line of the next one, charges only whom it is about', async () => {
  world.simulator.setFaults([{ name: 'never-complete', machine: 'M7', times: 1 }]);
  const first = await world.opened('M7', 'first');
  world.simulator.cut('terminate', 'M7');
  buy(world, 'M7', '1004', '1004');
  const { ref } = await world.until(first, 'review');
  const second = await world.opened('M7', 'second');
  world.simulator.customer('M7').take('1007');
  await untilInBasket(second, '1007');
  const before = commandsAt(world, 'M7', 'check_machine_state');
  world.simulator.cut('terminate', 'M7');
  await eventually(() => expect(commandsAt(world, 'M7', 'check_machine_state')).toBeGreaterThan(before));
  // Its new line is also the one on which the cloud brings what it still has for the first.
  world.simulator.inject(JSON.stringify(completedFrame(ref, '1004', '1004')), { machine: 'M7' });
  await eventually(async () => expect(await causesTold(world, first)).toContain('late_completion'));
  expect(await world.purchase(second)).toMatchObject({ state: 'open', totalAmount: null });
  world.simulator.customer('M7').close();
  expect(await world.until(second, 'completed')).toMatchObject({ totalAmount: 160 });
  expect(await world.purchase(first)).toMatchObject({ state: 'review', totalAmount: null });
  expect(await causesTold(world, first)).toEqual(['late_completion', 'purchase_review']);
  expect(await causesTold(world, second)).toEqual([]);
});

it('broke no promise', async () => {
  expect(await breaches(world.database.sql, world.simulator)).toEqual([]);
});

async function untilInBasket(id: string, sku: string, quantity = 1): Promise<void> {
  await eventually(async () => {
    const { products } = await world.purchase(id);
    expect(products).toContainEqual(expect.objectContaining({ sku, quantity }));
  });
}
