/** G13: unknown products, prices unlike the catalogue, totals unlike the lines. Ours is charged, theirs kept, somebody told. */
import { alertsTold, buy, causesTold, rowOf } from '../support/evidence';
import { breaches } from '../support/invariants';
import { startWorld, type World } from '../support/world';

let world: World;
beforeAll(async () => {
  world = await startWorld({ machines: 12 });
});
afterAll(() => world.stop());
afterEach(() => world.simulator.clearFaults());

async function bought(machine: string, ...skus: string[]): Promise<string> {
  const id = await world.opened(machine);
  buy(world, machine, ...skus);
  await world.until(id, 'completed');
  return id;
}

it.each(['number', 'string'] as const)('a total that is not the sum, as a %s', async (as) => {
  const machine = as === 'number' ? 'M1' : 'M2';
  world.simulator.setFaults([
    { name: 'lying-total', total: 1.5, as, machine },
    { name: 'blank-id', machine },
  ]);
  const id = await bought(machine, '1004', '1007');
  expect(await world.purchase(id)).toMatchObject({ totalAmount: 1120 });
  expect((await rowOf(world, id)).vendor_report).toMatchObject({ total: '1.5' });
  expect(await alertsTold(world, id)).toMatchObject([
    { cause: 'total_mismatch', severity: 'warning', message: expect.stringMatching(/11\.20 EUR.*1\.5/) },
  ]);
});

it('M3: a product that no catalogue knows is on the bill at nothing, with the vendor’s price beside it', async () => {
  world.simulator.setFaults([{ name: 'unknown-product', vpn: 'X-404', price: '3.30', machine: 'M3' }]);
  const id = await bought('M3', '1001');
  const purchase = await world.purchase(id);
  expect(purchase.totalAmount).toBe(650);
  expect(purchase.products).toMatchObject([
    { sku: '1001', amount: 650 },
    { sku: 'X-404', name: 'Mystery meal', quantity: 1, unitAmount: 0, amount: 0 },
  ]);
  const [line] = await world.database.sql.rows(`select vendor_unit_amount from transaction_lines where sku = 'X-404'`);
  expect(line).toEqual({ vendor_unit_amount: 330 });
  const told = await alertsTold(world, id);
  // Nor do the books know where it came from.
  expect(told.map(({ cause }) => cause).sort()).toEqual(['catalogue_mismatch', 'stock_mismatch', 'total_mismatch']);
  expect(told.find(({ cause }) => cause === 'catalogue_mismatch')?.message).toContain('X-404');
});

it('M4: other prices than ours', async () => {
  world.simulator.setFaults([{ name: 'price-unlike', price: '0.50', machine: 'M4' }]);
  const id = await bought('M4', '1001', '1001');
  expect(await world.purchase(id)).toMatchObject({ totalAmount: 1300, products: [{ unitAmount: 650, quantity: 2 }] });
  expect((await rowOf(world, id)).vendor_report).toMatchObject({
    items: [{ unitPrice: '0.50' }, { unitPrice: '0.50' }],
  });
  expect(await causesTold(world, id)).toEqual(['catalogue_mismatch', 'total_mismatch']);
});

it('M5: a price that changes while the door is open counts for the next customer', async () => {
  const id = await world.opened('M5');
  await world.database.sql.rows(`update products set unit_amount = 9900 where sku = '1008'`);
  buy(world, 'M5', '1008');
  expect(await world.until(id, 'completed')).toMatchObject({ totalAmount: 240 });
  expect(await causesTold(world, id)).toEqual([]);
  const next = await world.opened('M5', 'the-next');
  buy(world, 'M5', '1008');
  expect(await world.until(next, 'completed')).toMatchObject({ totalAmount: 9900 });
  expect(await causesTold(world, next)).toEqual(['catalogue_mismatch', 'total_mismatch']);
});

it('M6: a product of another currency is none of ours', async () => {
  await world.database.sql.rows(`update products set currency = 'CHF' where sku = '1006'`);
  const id = await bought('M6', '1006', '1007');
  expect(await world.purchase(id)).toMatchObject({ totalAmount: 160 });
  expect(await causesTold(world, id)).toEqual(['catalogue_mismatch', 'total_mismatch']);
});

it('M7: a completion that lists nothing over a basket with something in it: empty, and somebody told', async () => {
  world.simulator.setFaults([{ name: 'never-complete', machine: 'M7' }]);
  const id = await world.opened('M7');
  buy(world, 'M7', '1001');
  await world.until(id, 'closed');
  const json_data = { code: 1, message: '', data: { transaction_total: 0, transaction_product: [] } };
  const command_data = { status: 1, error_data: [], json_data };
  const completed = { command: 'smart_fridge_request_completed', command_data };
  world.simulator.inject(JSON.stringify(completed), { machine: 'M7' });
  expect(await world.until(id, 'empty')).toMatchObject({ totalAmount: 0, products: [] });
  expect(await causesTold(world, id)).toEqual(['basket_mismatch']);
});

it('M8: an honest fridge raises no alert', async () => {
  const id = await bought('M8', '1001', '1002', '1003', '1004');
  expect(await world.purchase(id)).toMatchObject({ totalAmount: 3150 });
  expect(await causesTold(world, id)).toEqual([]);
  expect(await breaches(world.database.sql, world.simulator)).toEqual([]);
});
