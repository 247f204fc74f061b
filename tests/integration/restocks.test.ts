/** Filling fridges over REST: what is scanned in and out and counted is in the books, once, whole or not at all. */
import { stockOf } from '../support/stock';
import { startStockDesk, type StockDesk } from '../support/stock-desk';

let desk: StockDesk;
beforeAll(async () => {
  desk = await startStockDesk({ machines: 8 });
});
afterAll(async () => {
  await desk?.world.stop();
});

const stock = (machine: string) => stockOf(desk.world.database.sql, machine);
const meal = (barcode: string, more: object = {}) => ({ barcode, sku: '1001', ...more });
const inventory = async (machine: string) =>
  (await desk.world.larder.get(`/api/machines/${machine}/inventory`).expect(200)).body;
const alerts = () =>
  desk.world.database.sql.rows<{ message: string }>(
    `select data ->> 'message' as message from pgboss.job where name = 'alerts.raise' and data ->> 'cause' = 'stock_mismatch'`,
  );

it('starts one restock a caller and machine, and another once it is closed', async () => {
  const { larder } = desk.world;
  const first = await larder.post('/api/machines/M1/restocks', { note: 'Monday' }, desk.filler).expect(201);
  expect(first.body).toMatchObject({
    state: 'open',
    machine: { vendorId: 'M1' },
    note: 'Monday',
    in: 0,
    closedAt: null,
  });
  const { id } = first.body;
  const again = await Promise.all(
    Array.from({ length: 5 }, () => larder.post('/api/machines/M1/restocks', {}, desk.filler).expect(200)),
  );
  expect(again.map(({ body }) => body.id)).toEqual(Array(5).fill(id));
  const closed = await desk.call(id, 'close', {}).expect(200);
  expect(closed.body).toMatchObject({ state: 'closed', closedAt: expect.any(String) });
  expect((await desk.call(id, 'close', {}).expect(200)).body).toEqual(closed.body);
  const late = await desk.call(id, 'in', { items: [meal('late')] }).expect(409);
  expect(late.body.error.details.code).toBe('restock_closed');
  expect(await desk.start('M1')).not.toBe(id);
});

it('takes meals in once, however often they are scanned', async () => {
  await desk.world.database.sql.rows(`update machines set timezone = 'Europe/Paris' where vendor_id = 'M2'`);
  const id = await desk.start('M2');
  const items = [
    meal('a1', { lot: 'L1', expiresAt: '2099-12-01' }),
    meal('a2', { lot: 'L1' }),
    { barcode: 'b1', sku: '1002', expiresAt: '2099-11-30T10:00:00+01:00' },
  ];
  const first = await desk.call(id, 'in', { items }).expect(200);
  expect(first.body).toEqual({ stored: 3, repeated: 0, moved: [] });
  const all = await Promise.all([1, 2, 3, 4].map(() => desk.call(id, 'in', { items }).expect(200)));
  expect(all.map(({ body }) => body)).toEqual(Array(4).fill({ stored: 0, repeated: 3, moved: [] }));
  expect(await stock('M2')).toEqual({ '1001': 2, '1002': 1 });
  // Until the end of the day in Paris, and what the lot says where the meal does not.
  expect((await inventory('M2')).data).toEqual([
    { sku: '1001', name: 'Meal 1001', count: 2, reserved: 0, nextExpiry: '2099-12-01T23:00:00.000Z' },
    { sku: '1002', name: 'Meal 1002', count: 1, reserved: 0, nextExpiry: '2099-11-30T09:00:00.000Z' },
  ]);
  const { body } = await desk.world.larder.get(`/api/restocks/${id}`, desk.filler).expect(200);
  expect(body).toMatchObject({ in: 3, out: 0, movements: expect.any(Array) });
  expect(body.movements).toHaveLength(3);
});

it('takes meals out and in again within one visit, with a movement each', async () => {
  const id = await desk.start('M3');
  await desk.call(id, 'in', { items: [meal('c1'), meal('c2')] }).expect(200);
  const out = { items: [{ barcode: 'c1' }, { barcode: 'c2', kind: 'spoiled' }] };
  expect((await desk.call(id, 'out', out).expect(200)).body).toEqual({ stored: 2, repeated: 0 });
  expect((await desk.call(id, 'out', out).expect(200)).body).toEqual({ stored: 0, repeated: 2 });
  expect(await desk.meals()).toMatchObject({ c1: 'removed', c2: 'spoiled' });
  expect((await desk.call(id, 'in', { items: [meal('c1')] }).expect(200)).body.stored).toBe(1);
  const spoiled = await desk.call(id, 'in', { items: [meal('c1'), meal('c2')] }).expect(400);
  expect(spoiled.body.error.details.errors).toEqual([
    { field: 'items.1.barcode', code: 'spoiled', message: 'was taken out as spoiled' },
  ]);
  expect(await stock('M3')).toEqual({ '1001': 1 });
  const { body } = await desk.world.larder.get(`/api/restocks/${id}`, desk.filler).expect(200);
  expect(body).toMatchObject({ in: 3, out: 1, waste: 1 });
});

it('moves a meal that stands elsewhere: out there, in here', async () => {
  await desk.fill('M4', [meal('d1'), meal('d2')]);
  const id = await desk.start('M5');
  const { body } = await desk.call(id, 'in', { items: [{ barcode: 'd1' }] }).expect(200);
  expect(body).toEqual({ stored: 1, repeated: 0, moved: [{ barcode: 'd1', from: expect.any(String) }] });
  expect([await stock('M4'), await stock('M5')]).toEqual([{ '1001': 1 }, { '1001': 1 }]);
  expect(await desk.meals()).toMatchObject({ d1: 'stocked M5', d2: 'stocked M4' });
});

it('never loses or doubles a meal that two people carry to two fridges at once', async () => {
  const barcodes = Array.from({ length: 10 }, (_, n) => `race-${n}`);
  await desk.fill(
    'M4',
    barcodes.map((barcode) => meal(barcode)),
  );
  const [one, other] = [await desk.start('M6'), await desk.start('M7')];
  const items = barcodes.map((barcode) => ({ barcode }));
  const answers = await Promise.all(
    [one, other, one, other].map((id, n) => desk.call(id, 'in', { items: n % 2 ? items : [...items].reverse() })),
  );
  expect(answers.map(({ status }) => status).filter((status) => status !== 200 && status !== 409)).toEqual([]);
  const sums = [await stock('M6'), await stock('M7')].map((of) => of['1001'] ?? 0);
  expect(sums.reduce((a, b) => a + b)).toBe(10);
  const places = Object.entries(await desk.meals()).filter(([barcode]) => barcode.startsWith('race-'));
  const standing = (machine: string) => places.filter(([, place]) => place === `stocked ${machine}`).length;
  expect(sums).toEqual([standing('M6'), standing('M7')]);
});

it('counts products without barcodes by their number, once a key', async () => {
  const id = await desk.start('M8');
  const items = [{ sku: '1003', quantity: 12 }];
  const bare = await desk.call(id, 'in', { items }).expect(400);
  expect(bare.body.error.details.errors[0].field).toBe('Idempotency-Key');
  const sent = await Promise.all([1, 2, 3].map(() => desk.call(id, 'in', { items }, 'k1').expect(200)));
  expect(sent.map(({ body }) => body.stored)).toEqual([12, 12, 12]);
  const other = await desk.call(id, 'in', { items: [{ sku: '1003', quantity: 13 }] }, 'k1').expect(409);
  expect(other.body.error.details.code).toBe('idempotency_conflict');
  expect(await stock('M8')).toEqual({ '1003': 12 });
  const out = await desk.call(id, 'out', { items: [{ sku: '1003', quantity: 2, kind: 'spoiled' }] }, 'k2').expect(200);
  expect(out.body).toEqual({ stored: 2, repeated: 0 });
  const many = await desk.call(id, 'out', { items: [{ sku: '1003', quantity: 11 }] }, 'k3').expect(400);
  expect(many.body.error.details.errors[0]).toMatchObject({ field: 'items.0.quantity', code: 'too_many' });
  expect(await stock('M8')).toEqual({ '1003': 10 });
});

it('corrects the books by a count, tells a person of the difference, and finds none the second time', async () => {
  await desk.fill('M1', [meal('e1'), meal('e2'), meal('e3'), { barcode: 'f1', sku: '1002' }]);
  await desk.fill('M2', [meal('e4')]);
  const id = await desk.start('M1');
  const counted = { barcodes: ['e1', 'e2', 'e4', 'f1'], products: [{ sku: '1005', quantity: 3 }] };
  const { body } = await desk.call(id, 'count', counted).expect(200);
  expect(body.differences).toEqual([
    { sku: '1001', booked: 3, counted: 3, missing: ['e3'], found: ['e4'] },
    { sku: '1005', booked: 0, counted: 3, missing: [], found: [] },
  ]);
  expect(await stock('M1')).toEqual({ '1001': 3, '1002': 1, '1005': 3 });
  expect(await desk.meals()).toMatchObject({ e3: 'removed', e4: 'stocked M1', e1: 'stocked M1' });
  expect((await desk.call(id, 'count', counted).expect(200)).body).toEqual({ differences: [] });
  expect(await alerts()).toEqual([{ message: 'Counted: 3 of 1001 (3 by the books), 3 of 1005 (0 by the books).' }]);
  const few = await desk.call(id, 'count', { products: [{ sku: '1001', quantity: 2 }] }).expect(400);
  expect(few.body.error.details.errors[0].field).toBe('products.0.quantity');
  const strange = await desk.call(id, 'count', { barcodes: ['e1', 'nobody-knows'] }).expect(400);
  expect(strange.body.error.details.errors[0]).toMatchObject({ field: 'barcodes.1', code: 'unknown_barcode' });
});

it('keeps books whose sums are their movements, and no more meals than units', async () => {
  const { sql } = desk.world.database;
  const unlike = await sql.rows(`
    select s.machine_id, s.sku from larder.stock s
    left join (select machine_id, sku, sum(quantity) as n from stock_movements group by 1, 2) m using (machine_id, sku)
    where s.quantity <> coalesce(m.n, 0)`);
  const tooMany = await sql.rows(`
    select f.document_id, m.sku, count(*) from meals_machine_lnk k join meals m on m.id = k.meal_id
    join machines f on f.id = k.machine_id left join larder.stock s on s.machine_id = f.document_id and s.sku = m.sku
    group by 1, 2, s.quantity having count(*) > coalesce(s.quantity, 0)`);
  expect({ unlike, tooMany }).toEqual({ unlike: [], tooMany: [] });
});
