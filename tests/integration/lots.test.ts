/** A lot is stopped, sold again, and recalled: nowhere sold any more, its buyers listed, and their money given back once. */
import { eventually } from '../support/eventually';
import { refusal, startMoneyDesk, type MoneyDesk } from '../support/money-desk';
import { makeApiToken } from '../support/operator';
import { stockOf } from '../support/stock';
import { RESTOCK_SCOPES } from '../support/stock-desk';

const LOT_SCOPES = ['find', 'stop', 'release', 'recall'].map((name) => `plugin::meals.lots.${name}`);

let desk: MoneyDesk;
let filler: string;
beforeAll(async () => {
  desk = await startMoneyDesk({ stock: 'nothing' });
  filler = await makeApiToken(desk.world.larder, 'Filler', [...RESTOCK_SCOPES, ...LOT_SCOPES]);
});
afterAll(async () => {
  await desk?.world.stop();
});

const deliver = (machine: string, rows: readonly object[]) =>
  desk.world.larder.post(`/api/machines/${machine}/deliveries`, { rows }, filler).expect(200);
const lotOf = async (code: string) =>
  (await desk.world.larder.get(`/api/lots?code=${code}`, filler).expect(200)).body.data[0];
const decide = (id: string, decision: string, as = filler, body: object = { reason: 'Listeria' }) =>
  desk.world.larder.post(`/api/lots/${id}/${decision}`, body, as);
const states = async () =>
  Object.fromEntries(
    (await desk.world.database.sql.rows<{ barcode: string; state: string }>(`select barcode, state from meals`)).map(
      ({ barcode, state }) => [barcode, state],
    ),
  );

it('takes meals of a stopped lot last, until it is released', async () => {
  await deliver('M1', [
    { barcode: 'stopped', sku: '1001', lot: 'S', expiresAt: '2090-01-01' },
    { barcode: 'fine-1', sku: '1001', lot: 'F', expiresAt: '2099-01-01' },
    { barcode: 'fine-2', sku: '1001', lot: 'F', expiresAt: '2099-01-01' },
  ]);
  const { id } = await lotOf('S');
  const { body } = await decide(id, 'stop').expect(200);
  expect(body).toMatchObject({
    id,
    code: 'S',
    sku: '1001',
    state: 'stopped',
    reason: 'Listeria',
    meals: 1,
    buyers: [],
  });
  expect(body.machines).toEqual([expect.objectContaining({ vendorId: 'M1', meals: 1 })]);
  await desk.charged('first', ['1001']);
  expect(await states()).toMatchObject({ stopped: 'stocked', 'fine-1': 'sold' });
  expect((await decide(id, 'release').expect(200)).body.state).toBe('selling');
  await desk.charged('second', ['1001']);
  expect(await states()).toMatchObject({ stopped: 'sold', 'fine-2': 'stocked' });
});

it('recalls a lot: lists who bought it and gives their money back once, however often it is recalled', async () => {
  const { sql } = desk.world.database;
  await deliver('M1', [
    { barcode: 'r-1', sku: '1002', lot: 'R' },
    { barcode: 'r-2', sku: '1002', lot: 'R' },
  ]);
  await deliver('M2', [{ barcode: 'r-3', sku: '1002', lot: 'R' }]);
  const bought = await desk.charged('ann', ['1002', '1007', '1002']);
  const { id } = await lotOf('R');
  const { body } = await decide(id, 'recall').expect(200);
  expect(body).toMatchObject({ state: 'recalled', meals: 1, machines: [{ vendorId: 'M2', meals: 1 }] });
  expect(body.buyers).toEqual([
    {
      transactionId: bought,
      ref: expect.any(String),
      customerId: 'ann',
      at: expect.any(String),
      barcodes: ['r-1', 'r-2'],
      amount: 1580,
      currency: 'EUR',
      refund: null,
    },
  ]);
  const again = await Promise.all(Array.from({ length: 10 }, () => decide(id, 'recall', filler, { reason: 'Again' })));
  expect(again.map(({ status, body: { reason } }) => [status, reason])).toEqual(Array(10).fill([200, 'Listeria']));
  await eventually(async () => {
    const { buyers } = (await decide(id, 'recall').expect(200)).body;
    expect(buyers[0].refund).toEqual({ state: 'succeeded', amount: 1580 });
  });
  const { data, refundable } = (await desk.refunds(bought).expect(200)).body;
  expect(data).toEqual([
    expect.objectContaining({
      reason: 'Recall of lot R',
      lines: [expect.objectContaining({ sku: '1002', quantity: 2 })],
    }),
  ]);
  expect(refundable).toBe(160);
  expect(
    await sql.rows(`select 1 from pgboss.job where name = 'alerts.raise' and data ->> 'cause' = 'lot_recalled'`),
  ).toHaveLength(1);
});

it('lets nothing of a recalled lot in, and notes what is taken out of it', async () => {
  const { id } = await lotOf('R');
  expect(refusal((await decide(id, 'release').expect(409)).body).code).toBe('lot_recalled');
  expect(refusal((await decide(id, 'stop').expect(409)).body).code).toBe('lot_recalled');
  const { larder, database } = desk.world;
  const { body } = await larder.post('/api/machines/M2/restocks', {}, filler).expect(201);
  const items = [{ barcode: 'r-4', sku: '1002', lot: 'R' }];
  const refused = await larder.post(`/api/restocks/${body.id}/in`, { items }, filler).expect(400);
  expect(refusal(refused.body).fields).toEqual(['items.0.lot']);
  await larder.post(`/api/restocks/${body.id}/out`, { items: [{ barcode: 'r-3' }] }, filler).expect(200);
  expect(await states()).toMatchObject({ 'r-3': 'recalled' });
  expect(await stockOf(database.sql, 'M2')).toEqual({ '1002': 0 });
});

it('is decided by those who may, with a reason', async () => {
  const { larder } = desk.world;
  await deliver('M2', [{ barcode: 'w-1', sku: '1003', lot: 'W' }]);
  const { id } = await lotOf('W');
  const reason = { reason: 'Smell' };
  await decide(id, 'recall', desk.tokens.customer).expect(403);
  await decide(id, 'recall', desk.tokens.reader).expect(403);
  await larder.post(`/meals/lots/${id}/recall`, reason, desk.tokens.editor).expect(403);
  await larder.post(`/meals/lots/${id}/recall`, reason, filler).expect(401);
  expect(refusal((await decide(id, 'stop', filler, {}).expect(400)).body).fields).toEqual(['reason']);
  expect(refusal((await decide('nothing', 'stop').expect(404)).body).code).toBe('lot_not_found');
  const { body } = await larder.post(`/meals/lots/${id}/stop`, reason, desk.tokens.operator).expect(200);
  expect(body).toMatchObject({ state: 'stopped', reason: 'Smell', meals: 1 });
  await larder.get('/api/lots?color=red', filler).expect(400);
});
