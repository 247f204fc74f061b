/** Labels are a page to be printed: nothing runs on it, and what people wrote is only text. */
import supertest from 'supertest';
import { startStockDesk, type StockDesk } from '../support/stock-desk';
import { orderOf } from '../support/world';

let desk: StockDesk;
beforeAll(async () => {
  desk = await startStockDesk({ machines: 2 });
  await desk.world.larder.post('/api/machines/M2/open', orderOf('ada')); // known from now on
  await desk.fill('M1', [
    { barcode: 'p-1', sku: '1001', lot: '<b>L', expiresAt: '2099-12-01' },
    { barcode: 'p-2', sku: '1002', reservedFor: 'ada', labelName: 'Ada <script>' },
  ]);
});
afterAll(async () => {
  await desk?.world.stop();
});

const labels = (query: string, as = desk.filler) => desk.world.larder.get(`/api/meals/labels${query}`, as);

it('prints barcode, QR code, lot, date and whose it is', async () => {
  const { text, headers } = await labels('?barcodes=p-1,p-2').set('Accept-Language', 'fr-CH, en;q=0.8').expect(200);
  expect(headers['content-type']).toBe('text/html; charset=utf-8');
  const [, nonce] = /<style nonce="([^"]+)">/.exec(text) ?? [];
  expect(headers['content-security-policy']).toMatch(/^default-src 'none'; style-src 'nonce-[^']+';/);
  expect(headers['content-security-policy']).toContain(`'nonce-${nonce}'`);
  expect(headers['cache-control']).toBe('no-store');
  expect(text).toContain('<html lang="fr">');
  expect(text).toContain('À consommer avant <b>1 décembre 2099</b>');
  expect(text).toContain('Lot &lt;b&gt;L');
  expect(text).toContain('★ Réservé</span><span>Ada &lt;script&gt;');
  expect(text.match(/<svg /g)).toHaveLength(4);
  expect((await labels('?barcodes=p-1&lang=en').set('Accept-Language', 'fr')).text).toContain('Use by');
});

it('refuses what it cannot print, and who may not', async () => {
  const faults = async (query: string) => (await labels(query).expect(400)).body.error.details.errors[0].field;
  expect(await faults('')).toBe('barcodes');
  expect(await faults('?barcodes=p-1,nobody')).toBe('barcodes.1');
  expect(await faults('?barcodes=p-1,,p-2')).toBe('barcodes.1');
  expect(await faults('?barcodes=p-1&lang=de')).toBe('lang');
  expect(await faults('?barcodes[x]=1')).toBe('barcodes');
  await labels('?barcodes=p-1', 'no-such-token').expect(401);
  await supertest(desk.world.larder.url).get('/api/meals/labels?barcodes=p-1').expect(403);
});
