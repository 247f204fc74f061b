/** The nightly check finds books of the stock that contradict each other, and tells a person of each machine once. */
import { claimStockNight } from '../../src/plugins/meals/server/src/store/nights';
import { createQueue } from '../../src/shared/queue';
import { eventually } from '../support/eventually';
import { startStockDesk, type StockDesk } from '../support/stock-desk';

let desk: StockDesk;
beforeAll(async () => {
  desk = await startStockDesk({ machines: 3 });
  // Tonight's own check must not come between.
  await desk.world.database.sql.rows(`insert into larder.stock_nights values (current_date) on conflict do nothing`);
});
afterAll(async () => {
  await desk?.world.stop();
});

const alerts = () =>
  desk.world.database.sql.rows<{ message: string }>(
    `select data ->> 'message' as message from pgboss.job where name = 'alerts.raise' and data ->> 'cause' = 'stock_mismatch'
     order by 1`,
  );

async function check(): Promise<void> {
  const { sql, url } = desk.world.database;
  const queue = createQueue(url, () => undefined);
  queue.declare(['meals.stock-check']);
  await queue.prepare();
  await queue.send(sql, [{ queue: 'meals.stock-check', data: {} }]);
  await eventually(async () => {
    expect(await sql.rows(`select 1 from pgboss.job where name = 'meals.stock-check' and state < 'completed'`)).toEqual(
      [],
    );
  });
  await queue.stop();
}

it('finds nothing where the books agree, and each machine where they do not', async () => {
  const { sql } = desk.world.database;
  for (const n of [1, 2, 3]) {
    await desk.fill(`M${n}`, [
      { barcode: `${n}-1`, sku: '1001' },
      { barcode: `${n}-2`, sku: '1002' },
    ]);
  }
  await check();
  expect(await alerts()).toEqual([]);
  await sql.rows(`update larder.stock s set quantity = 5 from machines f where f.document_id = s.machine_id
    and f.vendor_id = 'M1' and s.sku = '1001'`);
  await sql.rows(`update meals_machine_lnk set machine_id = (select id from machines where vendor_id = 'M3')
    where meal_id = (select id from meals where barcode = '2-2')`);
  await check();
  expect((await alerts()).map(({ message }) => message)).toEqual([
    '2 meals of 1002 stand here, and 1 are in stock.',
    'The movements of 1001 sum to 1, and 5 are in stock.',
  ]);
});

it('claims a night once, and not before its hour', async () => {
  const { sql } = desk.world.database;
  await sql.rows(`delete from larder.stock_nights`);
  expect(await claimStockNight(sql, 24)).toBe(false);
  const claims = await Promise.all([1, 2, 3, 4].map(() => claimStockNight(sql, 0)));
  expect(claims.filter(Boolean)).toEqual([true]);
});
