/** The page of a lot in the panel: where its meals stand, whom a recall would be about, and how far its refunds are. */
import { eventually } from '../support/eventually';
import { refusal, startMoneyDesk, type MoneyDesk } from '../support/money-desk';
import { makeApiToken } from '../support/operator';
import { RESTOCK_SCOPES } from '../support/stock-desk';

let desk: MoneyDesk;
let filler: string;
beforeAll(async () => {
  desk = await startMoneyDesk();
  filler = await makeApiToken(desk.world.larder, 'Filler', RESTOCK_SCOPES);
});
afterAll(async () => {
  await desk?.world.stop();
});

const DAY_MS = 86_400_000;
/** Before whatever else stands there. */
const expiresAt = new Date(Date.now() + DAY_MS).toISOString();

async function deliver(machine: string, lot: string, barcodes: readonly string[]): Promise<string> {
  const rows = barcodes.map((barcode) => ({ barcode, sku: '1002', lot, expiresAt }));
  await desk.world.larder.post(`/api/machines/${machine}/deliveries`, { rows }, filler).expect(200);
  const [found] = await desk.world.database.sql.rows<{ id: string }>(
    `select document_id as id from lots where code = $1`,
    [lot],
  );
  return found?.id ?? '';
}

const look = (id: string, as = desk.tokens.operator) => desk.world.larder.get(`/meals/lots/${id}`, as);

it('says before a recall what it would do, and afterwards what it did', async () => {
  const id = await deliver('M1', 'L', ['l-1', 'l-2']);
  await deliver('M2', 'L', ['l-3']);
  const bought = await desk.charged('ann', ['1002']);
  const { body } = await look(id).expect(200);
  expect(body).toMatchObject({ id, state: 'selling', meals: 2, refundsBuyers: true });
  expect((body as { machines: object[] }).machines).toMatchObject([
    { vendorId: 'M1', meals: 1 },
    { vendorId: 'M2', meals: 1 },
  ]);
  const { buyers } = body as { buyers: object[] };
  expect(buyers).toEqual([
    expect.objectContaining({ transactionId: bought, customerId: 'ann', barcodes: ['l-1'], amount: 790, refund: null }),
  ]);
  expect(Object.keys(buyers[0] ?? {})).not.toContain('quantity');

  await desk.world.larder.post(`/meals/lots/${id}/recall`, { reason: 'Glass' }, desk.tokens.operator).expect(200);
  await eventually(async () =>
    expect((await look(id)).body).toMatchObject({
      state: 'recalled',
      reason: 'Glass',
      buyers: [{ customerId: 'ann', refund: { state: 'succeeded', amount: 790 } }],
    }),
  );
});

it('is for those who may decide about lots', async () => {
  const id = await deliver('M2', 'P', ['p-1']);
  await look(id, desk.tokens.editor).expect(403);
  for (const verb of ['stop', 'release', 'recall']) {
    await desk.world.larder.post(`/meals/lots/${id}/${verb}`, { reason: 'Glass' }, desk.tokens.editor).expect(403);
  }
  expect((await look(id)).body).toMatchObject({ state: 'selling' });
  await look(id, filler).expect(401);
  await desk.world.larder.get(`/api/meals/lots/${id}`, filler).expect(404);
  expect(refusal((await look('nothing').expect(404)).body).code).toBe('lot_not_found');
});
