/** A fridge that was too warm: what stood in it is not sold again, and filling it is an excuse. */
import { createExposedHandler } from '../../src/plugins/meals/server/src/exposure/exposed';
import { restockTimes } from '../../src/plugins/meals/server/src/exposure/restock-times';
import { eventually } from '../support/eventually';
import { makeApiToken } from '../support/operator';
import { stockMeals } from '../support/stock';
import { startWorld, type World } from '../support/world';

let world: World;
beforeAll(async () => {
  world = await startWorld({ machines: 2, stock: 'nothing' });
});
afterAll(() => world.stop());

const rowOf = async (vendorId: string) => {
  const [row] = await world.database.sql.rows<{ id: number; document_id: string }>(
    `select id, document_id from machines where vendor_id = $1`,
    [vendorId],
  );
  if (!row) throw new Error(vendorId);
  return row;
};

it('shows what stands in a machine with its health', async () => {
  await stockMeals(world.database.sql, 'M1', [
    { barcode: 'w1', sku: '1001', expiresIn: 5 },
    { barcode: 'w2', sku: '1001', expiresIn: 50 },
    { barcode: 'w3', sku: '1002' },
  ]);
  const { status, body } = await world.larder.get('/api/machines/M1/health');
  expect(status).toBe(200);
  expect(body).toMatchObject({
    inventory: [
      { sku: '1001', name: 'Meal 1001', count: 2, reserved: 0, nextExpiry: expect.stringMatching(/Z$/) },
      { sku: '1002', name: 'Meal 1002', count: 1, reserved: 0 },
    ],
  });
  expect((await world.larder.get('/api/machines/M2/health')).body).toMatchObject({ inventory: [] });
});

it('marks the meals that were exposed, once, and leaves the others alone', async () => {
  const { sql } = world.database;
  const { document_id: machineId } = await rowOf('M1');
  await stockMeals(sql, 'M2', [{ barcode: 'elsewhere', sku: '1001' }]);
  const expose = createExposedHandler(sql);
  await expose({ id: '1', data: { machineId, since: '2026-11-20T10:00:00.000Z' } });
  await expose({ id: '2', data: { machineId, since: '2026-11-20T11:00:00.000Z' } });
  const rows = await sql.rows(
    `select barcode, to_char(exposed_at, 'HH24:MI') as at from meals where exposed_at is not null order by 1`,
  );
  expect(rows).toEqual(['w1', 'w2', 'w3'].map((barcode) => ({ barcode, at: '10:00' })));
  // Whoever takes one all the same pays, and a person is told.
  const id = await world.opened('M1');
  world.simulator.customer('M1').take('1002');
  world.simulator.customer('M1').close();
  await world.until(id, 'completed');
  await eventually(async () => {
    const [alert] = await sql.rows<{ message: string }>(
      `select data ->> 'message' as message from pgboss.job where name = 'alerts.raise' and data ->> 'transactionId' = $1`,
      [id],
    );
    expect(alert?.message).toBe('Sold though no longer to be sold: w3.');
  });
});

it('knows when a machine was being filled', async () => {
  const token = await makeApiToken(world.larder, 'filling', [
    'plugin::meals.restocks.start',
    'plugin::meals.restocks.close',
  ]);
  const begun = await world.larder.post('/api/machines/M2/restocks', {}, token);
  expect([200, 201]).toContain(begun.status);
  const { id } = await rowOf('M2');
  const now = Date.now();
  const [open] = await restockTimes(world.database.sql, id, now - 60_000, now + 60_000);
  expect(Math.abs((open?.from ?? 0) - now)).toBeLessThan(30_000);
  expect(await restockTimes(world.database.sql, id, now - 7_200_000, now - 3_600_000)).toEqual([]);
});
