import { breaches } from '../support/invariants';
import { startWorld, type World } from '../support/world';

let world: World;
beforeAll(async () => {
  world = await startWorld();
});
afterAll(() => world.stop());

it('sells what was taken, at our prices, and nothing else', async () => {
  const status = await world.larder.get('/api/machines/M1/status');
  expect(status.body).toMatchObject({ label: 'Fridge 1', available: true, state: 'available' });

  const id = await world.opened('M1');
  const customer = world.simulator.customer('M1');
  customer.take('1001');
  customer.take('1002');
  customer.putBack('1002');
  customer.take('1001');
  customer.close();

  const purchase = await world.until(id, 'completed');
  expect(purchase.products).toEqual([
    { sku: '1001', name: 'Meal 1001', kind: 'sale', quantity: 2, unitAmount: 650, amount: 1300 },
  ]);
  expect(purchase.totalAmount).toBe(1300);
  expect(await breaches(world.database.sql, world.simulator)).toEqual([]);
});

it('ends empty where nothing was taken, and frees the machine', async () => {
  const id = await world.opened('M2', 'somebody');
  world.simulator.customer('M2').close();
  expect(await world.until(id, 'empty')).toMatchObject({ products: [], totalAmount: 0 });
  await world.opened('M2', 'somebody-else');
});
