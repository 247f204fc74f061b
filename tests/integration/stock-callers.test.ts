/** Whoever calls: what is wrong is named, nothing is half-written, and nobody is answered with a 500. */
import { register } from '../support/customers';
import { stockOf } from '../support/stock';
import { startStockDesk, type StockDesk } from '../support/stock-desk';
import { makeApiToken } from '../support/operator';

let desk: StockDesk;
let restock: string;
beforeAll(async () => {
  desk = await startStockDesk({ machines: 2 });
  restock = await desk.start('M1');
});
afterAll(async () => {
  await desk?.world.stop();
});

const good = { barcode: 'good', sku: '1001' };
const fields = (body: { error: { details: { errors?: { field: string }[] } } }) =>
  (body.error.details.errors ?? []).map(({ field }) => field);

it.each<[string, object, string[]]>([
  ['in', {}, ['items']],
  ['in', { items: 'all' }, ['items']],
  ['in', { items: [] }, ['items']],
  ['in', { items: Array(501).fill(good) }, ['items']],
  ['in', { items: [good, {}] }, ['items.1.sku', 'items.1.quantity']],
  ['in', { items: [good, null] }, ['items.1']],
  ['in', { items: [good, { barcode: 'a b', sku: '1001' }] }, ['items.1.barcode']],
  ['in', { items: [good, { barcode: 'a\u0000', sku: '1001' }] }, ['items.1.barcode']],
  ['in', { items: [good, { barcode: 7, sku: '1001' }] }, ['items.1.barcode']],
  ['in', { items: [good, { barcode: 'x'.repeat(81), sku: '1001' }] }, ['items.1.barcode']],
  ['in', { items: [good, { barcode: 'new' }] }, ['items.1.sku']],
  ['in', { items: [good, { barcode: 'new', sku: "'; drop table meals; --" }] }, ['items.1.sku']],
  ['in', { items: [good, { barcode: 'new', sku: '1001', lot: 'L\ud800' }] }, ['items.1.lot']],
  ['in', { items: [good, { barcode: 'new', sku: '1001', expiresAt: '31.12.2026' }] }, ['items.1.expiresAt']],
  ['in', { items: [good, { barcode: 'new', sku: '1001', expiresAt: '2026-02-30' }] }, ['items.1.expiresAt']],
  ['in', { items: [good, { barcode: 'new', sku: '1001', expiresAt: '9999-12-31' }] }, ['items.1.expiresAt']],
  ['in', { items: [good, { barcode: 'new', sku: '1001', expiresAt: '2020-01-01' }] }, ['items.1.expiresAt']],
  ['in', { items: [good, { barcode: 'new', sku: '1001', area: 'mine' }] }, ['items.1.area']],
  ['in', { items: [good, { barcode: 'new', sku: '1001', area: 'subscription' }] }, ['items.1.reservedFor']],
  ['in', { items: [good, { barcode: 'new', sku: '1001', reservedFor: 'nobody' }] }, ['items.1.reservedFor']],
  ['in', { items: [good, { barcode: 'new', sku: '1001', machine: 'M2' }] }, ['items.1.machine']],
  ['in', { items: [good, { ...good, sku: '1002' }] }, ['items.1.barcode']],
  ['in', { items: [good, { sku: '1001', quantity: -1 }] }, ['items.1.quantity']],
  ['in', { items: [good, { sku: '1001', quantity: 0.5 }] }, ['items.1.quantity']],
  ['in', { items: [good, { sku: '1001', quantity: 3_000_000_000 }] }, ['items.1.quantity']],
  ['out', { items: [{ barcode: 'nobody' }] }, ['items.0.barcode']],
  ['out', { items: [{ barcode: 'x', kind: 'eaten' }] }, ['items.0.kind']],
  ['out', { items: [{ sku: '1001' }] }, ['items.0.quantity']],
  ['out', { items: [{}] }, ['items.0.barcode']],
  ['out', { items: [{ barcode: 'x', quantity: 2 }] }, ['items.0.quantity']],
  ['count', {}, ['barcodes']],
  ['count', { barcodes: ['a', ''] }, ['barcodes.1']],
  ['count', { products: [{ sku: '1001', quantity: -1 }] }, ['products.0.quantity']],
  ['count', { products: [{ sku: 'none', quantity: 1 }] }, ['products.0.sku']],
  [
    'count',
    {
      products: [
        { sku: '1001', quantity: 1 },
        { sku: '1001', quantity: 1 },
      ],
    },
    ['products'],
  ],
])('POST …/%s %j names %j', async (what, body, wrong) => {
  const answer = await desk.call(restock, what, body, 'some-key').expect(400);
  expect(answer.body.error.details.code).toBe('invalid_request');
  expect(fields(answer.body)).toEqual(wrong);
  expect(await stockOf(desk.world.database.sql, 'M1')).toEqual({});
});

it('knows nobody but the token of who fills fridges', async () => {
  const { larder } = desk.world;
  const { jwt } = await register(larder, 'nosy');
  const other = await makeApiToken(larder, 'Other filler', [
    'plugin::meals.restocks.takeIn',
    'plugin::meals.restocks.close',
    'plugin::meals.restocks.findOne',
  ]);
  const items = [good];
  for (const as of [jwt, 'front-end-token-for-tests']) {
    await larder.post('/api/machines/M1/restocks', {}, as).expect(403);
    await larder.post(`/api/restocks/${restock}/in`, { items }, as).expect(403);
    await larder.get(`/api/restocks/${restock}`, as).expect(403);
  }
  await larder.post(`/api/restocks/${restock}/in`, { items }, 'nonsense').expect(401);
  const foreign = await larder.post(`/api/restocks/${restock}/in`, { items }, other).expect(403);
  expect(foreign.body.error.details.code).toBe('other_restock');
  await larder.post(`/api/restocks/${restock}/close`, {}, other).expect(403);
  await larder.get(`/api/restocks/${restock}`, other).expect(200);
  await larder.get('/api/machines/M1/inventory', jwt).expect(403);
});

it.each(['nothing', "'%20or%201=1", '9'.repeat(300), '%00'])('has no restock and no machine %s', async (id) => {
  const { larder } = desk.world;
  const answers = [
    await larder.get(`/api/restocks/${id}`, desk.filler),
    await larder.post(`/api/restocks/${id}/in`, { items: [good] }, desk.filler),
    await larder.post(`/api/machines/${id}/restocks`, {}, desk.filler),
    await larder.get(`/api/machines/${id}/inventory`),
    await larder.post(`/api/machines/${id}/deliveries`, { rows: [good] }, desk.filler),
  ];
  for (const { status } of answers) expect([400, 404]).toContain(status);
});
