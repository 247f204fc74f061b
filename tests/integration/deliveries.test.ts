/** A delivery comes as a file: its good rows are stored once, and each bad one is named with its row and column. */
import supertest from 'supertest';
import { orderOf } from '../support/world';
import { stockOf } from '../support/stock';
import { startStockDesk, type StockDesk } from '../support/stock-desk';

let desk: StockDesk;
beforeAll(async () => {
  desk = await startStockDesk({ machines: 5 });
});
afterAll(async () => {
  await desk?.world.stop();
});

const send = (machine: string, csv: string, query = '') =>
  supertest(desk.world.larder.url)
    .post(`/api/machines/${machine}/deliveries${query}`)
    .set('Authorization', `Bearer ${desk.filler}`)
    .set('Content-Type', 'text/csv')
    .send(csv);
const stock = (machine: string) => stockOf(desk.world.database.sql, machine);

const FILE = `barcode,sku,lot,expires_at,area,customer,label_name
m-1,1001,L7,2099-12-01,,,
m-2,1001,L7,2099-12-01,free_for_all,,
m-3,9999,L7,2099-12-01,,,
m-4,1002,L8,yesterday,,,
m-5,1002,L8,2001-01-01,,,
m 6,1002,,,,,
m-7,1002,,2099-12-01,subscription,ada,Ada L.
m-8,1002,,2099-12-01,subscription,nobody,
m-1,1002,,,,,
`;

it('stores the good rows of a file, names the bad ones, and stores nothing on a dry run', async () => {
  await desk.world.larder.post('/api/machines/M5/open', orderOf('ada')); // known from now on
  const report = {
    rows: 9,
    stored: 3,
    repeated: 0,
    bad: [
      { row: 4, field: 'sku', code: 'unknown_product', message: 'is no product of the catalogue' },
      { row: 5, field: 'expires_at', code: 'invalid', message: expect.stringContaining('2026-12-01') },
      { row: 6, field: 'expires_at', code: 'expired', message: 'is over' },
      { row: 7, field: 'barcode', code: 'invalid', message: expect.stringContaining('no space') },
      { row: 9, field: 'customer', code: 'unknown_customer', message: 'is no customer' },
      { row: 10, field: 'barcode', code: 'duplicate', message: expect.any(String) },
    ],
  };
  expect((await send('M1', FILE, '?dryRun=true').expect(200)).body).toEqual(report);
  expect(await stock('M1')).toEqual({});
  const strict = await send('M1', FILE, '?strict=true').expect(400);
  expect(strict.body.error.details).toMatchObject({ code: 'bad_rows', rows: 9, bad: report.bad });
  expect(await stock('M1')).toEqual({});
  expect((await send('M1', FILE).expect(200)).body).toEqual(report);
  expect(await stock('M1')).toEqual({ '1001': 2, '1002': 1 });
  const again = await Promise.all([1, 2, 3].map(() => send('M1', FILE).expect(200)));
  expect(again.map(({ body }) => [body.stored, body.repeated])).toEqual(Array(3).fill([0, 3]));
  const { sql } = desk.world.database;
  expect(
    await sql.rows(`select m.area, m.label_name, u.customer_id, o.code from meals m
      left join meals_reserved_for_lnk r on r.meal_id = m.id left join up_users u on u.id = r.user_id
      left join meals_lot_lnk l on l.meal_id = m.id left join lots o on o.id = l.lot_id
      where barcode in ('m-1', 'm-7') order by barcode`),
  ).toEqual([
    { area: 'free_for_all', label_name: null, customer_id: null, code: 'L7' },
    { area: 'subscription', label_name: 'Ada L.', customer_id: 'ada', code: null },
  ]);
});

it('does not bring a meal back that was sold since, and moves one that stands elsewhere', async () => {
  await send('M2', 'barcode,sku\ns-1,1001\ns-2,1001').expect(200);
  const id = await desk.start('M2');
  await desk.call(id, 'out', { items: [{ barcode: 's-1' }] }).expect(200);
  expect((await send('M2', 'barcode,sku\ns-1,1001').expect(200)).body).toMatchObject({ stored: 0, repeated: 1 });
  const elsewhere = await send('M3', 'barcode,sku\ns-1,1001\ns-2,1001').expect(200);
  expect(elsewhere.body).toMatchObject({ stored: 1, bad: [{ row: 2, field: 'barcode', code: 'already_left' }] });
  expect([await stock('M2'), await stock('M3')]).toEqual([{ '1001': 0 }, { '1001': 1 }]);
});

it('takes five thousand rows at once, also as JSON', async () => {
  const rows = Array.from({ length: 5000 }, (_, n) => `big-${n},${1001 + (n % 8)},L${n % 50},2099-12-01`);
  const { body } = await send('M4', ['barcode,sku,lot,expires_at', ...rows].join('\n')).expect(200);
  expect(body).toEqual({ rows: 5000, stored: 5000, repeated: 0, bad: [] });
  expect(await stock('M4')).toMatchObject({ '1001': 625, '1008': 625 });
  const json = { rows: [{ barcode: 'big-0' }, { barcode: 'j-1', sku: '1001', expiresAt: '2099-01-01' }, 7] };
  const sent = await desk.world.larder.post('/api/machines/M4/deliveries', json, desk.filler).expect(200);
  expect(sent.body).toMatchObject({ rows: 3, stored: 1, repeated: 1, bad: [{ row: 3, field: 'barcode' }] });
});

it('refuses what is no delivery, and says why', async () => {
  const fault = async (csv: string, query = '') =>
    (await send('M5', csv, query).expect(400)).body.error.details.errors[0].field;
  expect(await fault('')).toBe('barcode');
  expect(await fault('barcode,sku')).toBe('rows');
  expect(await fault('barcode,colour\na,red')).toBe('colour');
  expect(await fault('barcode,sku\n"a,1001')).toBe('body');
  expect(await fault(`barcode\n${'x\n'.repeat(5001)}`)).toBe('rows');
  expect(await fault('barcode,sku\na,1001', '?dryRun=perhaps')).toBe('dryRun');
  const json = await desk.world.larder.post('/api/machines/M5/deliveries', { row: [] }, desk.filler).expect(400);
  expect(json.body.error.details.code).toBe('invalid_request');
  const large = await send('M5', `barcode,sku\n${'x'.repeat(1_100_000)}`).expect(413);
  expect(large.body.error.details.code).toBe('payload_too_large');
  await desk.world.larder.post('/api/machines/M5/deliveries', { rows: [{ barcode: 'q', sku: '1001' }] }).expect(403);
  await send('M99', 'barcode,sku\na,1001').expect(404);
});
