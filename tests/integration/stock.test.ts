/** What a purchase takes leaves the books of its machine, once, and what does not fit is told to a person. */
import { allocateJob } from '../../src/plugins/meals/server/src/allocate/allocate';
import { createQueue } from '../../src/shared/queue';
import { breaches } from '../support/invariants';
import { eventually } from '../support/eventually';
import { stockMeals, stockOf, type TestMeal } from '../support/stock';
import { startWorld, type World } from '../support/world';

let world: World;
beforeAll(async () => {
  world = await startWorld({ machines: 6, stock: 'nothing' });
});
afterAll(async () => {
  expect(await breaches(world.database.sql, world.simulator)).toEqual([]);
  await world.stop();
});

async function buy(machine: string, skus: readonly string[], customer?: string): Promise<string> {
  const id = await world.opened(machine, customer);
  for (const sku of skus) world.simulator.customer(machine).take(sku);
  world.simulator.customer(machine).close();
  await world.until(id, 'completed');
  await eventually(async () => expect(await allocation(id)).toBeDefined());
  return id;
}

async function allocation(id: string) {
  const [row] = await world.database.sql.rows<{ result: { taken: { barcode: string | null; as: string }[] } | null }>(
    `select result from larder.allocations where transaction_id = $1`,
    [id],
  );
  return row;
}

const alertsOf = (id: string) =>
  world.database.sql.rows<{ message: string }>(
    `select data ->> 'message' as message from pgboss.job where name = 'alerts.raise' and data ->> 'cause' = 'stock_mismatch'
       and data ->> 'transactionId' = $1`,
    [id],
  );
const states = async () =>
  Object.fromEntries(
    (await world.database.sql.rows<{ barcode: string; state: string }>(`select barcode, state from meals`)).map(
      ({ barcode, state }) => [barcode, state],
    ),
  );
const meal = (barcode: string, sku: string, more: Partial<TestMeal> = {}): TestMeal => ({ barcode, sku, ...more });

it('takes out the meals that expire first, with a movement each', async () => {
  const { sql } = world.database;
  await stockMeals(sql, 'M1', [
    meal('late', '1001', { expiresIn: 90 }),
    meal('soon', '1001', { expiresIn: 9 }),
    meal('salad', '1002'),
  ]);
  const id = await buy('M1', ['1001', '1002']);
  expect(await states()).toMatchObject({ soon: 'sold', salad: 'sold', late: 'stocked' });
  expect(await stockOf(sql, 'M1')).toEqual({ '1001': 1, '1002': 0 });
  const movements = await sql.rows(
    `select kind, quantity, sku, barcode from stock_movements where transaction_id = $1 order by sku`,
    [id],
  );
  expect(movements).toEqual([
    { kind: 'out', quantity: -1, sku: '1001', barcode: 'soon' },
    { kind: 'out', quantity: -1, sku: '1002', barcode: 'salad' },
  ]);
  expect(
    await sql.rows(`select meal_id from meals_machine_lnk k join meals m on m.id = k.meal_id where m.barcode = 'soon'`),
  ).toEqual([]);
  expect((await world.purchase(id)).totalAmount).toBe(650 + 790);
  expect(await alertsOf(id)).toEqual([]);
});

it('tells of stock below nothing, and settles all the same', async () => {
  await stockMeals(world.database.sql, 'M2', [meal('only', '1001')]);
  const id = await buy('M2', ['1001', '1001', '1003']);
  expect(await stockOf(world.database.sql, 'M2')).toEqual({ '1001': -1, '1003': -1 });
  expect(await alertsOf(id)).toEqual([
    { message: 'By the books -1 of 1001 are left. By the books -1 of 1003 are left.' },
  ]);
  expect((await world.purchase(id)).totalAmount).toBe(650 + 650 + 750);
});

it("takes a reserved meal for its owner's, and another's for stolen only where no free one is left", async () => {
  const { sql } = world.database;
  await buy('M3', ['1001'], 'owner-of-one'); // known from now on
  await stockMeals(sql, 'M3', [
    meal('named', '1001', { expiresIn: 99, reservedFor: 'owner-of-one' }),
    meal('anybody', '1001'),
  ]);
  await buy('M3', ['1001'], 'owner-of-one');
  expect(await states()).toMatchObject({ named: 'sold', anybody: 'stocked' });

  await stockMeals(sql, 'M4', [meal('named-2', '1001', { reservedFor: 'owner-of-one' }), meal('anybody-2', '1001')]);
  await buy('M4', ['1001'], 'somebody');
  expect(await states()).toMatchObject({ 'named-2': 'stocked', 'anybody-2': 'sold' });
  await buy('M4', ['1001'], 'somebody');
  expect(await states()).toMatchObject({ 'named-2': 'stolen' });
});

it('keeps no books for a machine that nobody stocks', async () => {
  const id = await buy('M5', ['1001']);
  expect(await stockOf(world.database.sql, 'M5')).toEqual({});
  expect(await allocation(id)).toEqual({ result: null });
});

it('is done once, however often the job comes', async () => {
  const { sql, url } = world.database;
  await stockMeals(sql, 'M6', [meal('x1', '1001'), meal('x2', '1001'), meal('x3', '1001')]);
  const id = await buy('M6', ['1001']);
  const queue = createQueue(url, () => undefined);
  queue.declare(['meals.allocate']);
  const job = allocateJob({ transactionId: id, state: 'completed', amount: 650, currency: 'EUR' });
  await queue.prepare();
  await queue.send(
    sql,
    Array.from({ length: 10 }, () => job),
  );
  await eventually(async () => {
    const left = `select 1 from pgboss.job where name = 'meals.allocate' and state < 'completed'`;
    expect(await sql.rows(left)).toEqual([]);
  });
  await queue.stop();
  expect(await stockOf(sql, 'M6')).toEqual({ '1001': 2 });
});

it('lets nobody change a movement', async () => {
  const { sql } = world.database;
  await expect(sql.rows(`update stock_movements set quantity = 5`)).rejects.toThrow('append only');
  await expect(sql.rows(`delete from stock_movements`)).rejects.toThrow('append only');
});
