/** An operator recalls a lot from its page, told before what it does and after who is to be told. Shows the build in `dist/build`. */
import type { Page } from 'playwright-core';
import en from '../../src/admin/translations/en.json';
import fr from '../../src/admin/translations/fr.json';
import { isTooWide, startBrowser, type TestBrowser } from '../support/browser';
import { startMoneyDesk, type MoneyDesk } from '../support/money-desk';
import { makeApiToken, OPERATOR } from '../support/operator';
import { enterPanel } from '../support/panel-visit';
import { RESTOCK_SCOPES } from '../support/stock-desk';

const DESK = 1400;
const PHONE = 390;
const DAY_MS = 86_400_000;

let desk: MoneyDesk;
let browser: TestBrowser;
let filler: string;
beforeAll(async () => {
  [desk, browser] = await Promise.all([startMoneyDesk(), startBrowser()]);
  filler = await makeApiToken(desk.world.larder, 'Filler', RESTOCK_SCOPES);
}, 400_000);
afterAll(async () => {
  await browser?.stop();
  await desk?.world.stop();
});

/** A lot of which one meal was sold and three stand in two machines; its page, in this language. */
async function openLot(page: Page, code: string, language: 'en' | 'fr'): Promise<void> {
  const { larder, database } = desk.world;
  const expiresAt = new Date(Date.now() + DAY_MS).toISOString();
  const rowsOf = (...names: string[]) =>
    names.map((name) => ({ barcode: `${code}-${name}`, sku: '1002', lot: code, expiresAt }));
  await larder.post('/api/machines/M1/deliveries', { rows: rowsOf('1', '2', '3') }, filler).expect(200);
  await larder.post('/api/machines/M2/deliveries', { rows: rowsOf('4') }, filler).expect(200);
  await desk.charged(`buyer-of-${code}`, ['1002']);
  const [lot] = await database.sql.rows<{ id: string }>(`select document_id as id from lots where code = $1`, [code]);
  await enterPanel(page, larder, { person: OPERATOR, language, at: `api::lot.lot/${lot?.id}` });
  await page.locator('[data-larder="lot.machines"]').waitFor();
}

const textsOf = async (page: Page, selector: string) =>
  (await page.locator(selector).allInnerTexts()).map((text) => text.replace(/\s+/g, ' ').trim());

/** Where somebody asks for pictures, they lie there afterwards. */
async function takePicture(page: Page, name: string): Promise<void> {
  const folder = process.env.LARDER_TEST_PICTURES;
  if (folder) await page.screenshot({ path: `${folder}/${name}.png`, fullPage: true });
}

it('is recalled once, with what it does said before and the buyers named after, in English at a desk', async () => {
  const { page, errors, leave } = await browser.visit({ width: DESK });
  await openLot(page, 'LOT-EN', 'en');
  expect(await textsOf(page, '[data-larder="lot.machines"] tbody tr')).toEqual(['Fridge 1 (M1) 2', 'Fridge 2 (M2) 1']);
  await takePicture(page, 'lot-en-selling');

  await page.getByRole('button', { name: en['larder.lot.recall'] }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByText('3 meals in 2 machines: not sold any more, to be taken out.').waitFor();
  await dialog.getByText('1 purchase took some. What was paid for them is given back.').waitFor();
  await takePicture(page, 'lot-en-recall');
  const confirm = dialog.getByRole('button', { name: en['larder.lot.recall'] });
  await confirm.click();
  await dialog.getByText(en['larder.reason.missing']).waitFor();
  await page.keyboard.type('Glass found'); // the field that misses something has the focus
  await confirm.click();
  await dialog.waitFor({ state: 'detached' });

  const buyer = page.locator('[data-larder="lot.buyers"] tbody tr');
  await buyer.filter({ hasText: en.succeeded }).waitFor();
  expect((await buyer.innerText()).replace(/\s+/g, ' ')).toMatch(/buyer-of-LOT-EN LOT-EN-1 €7.90 Done$/);
  expect(await textsOf(page, '[data-larder=lot] b')).toEqual([en['larder.lot.recalled']]);
  await page.getByRole('button', { name: en['larder.lot.recall'] }).waitFor({ state: 'detached' });
  await takePicture(page, 'lot-en-recalled');
  expect(await isTooWide(page)).toBe(false);
  expect(errors()).toEqual([]);
  await leave();
});

it('is stopped and released, and a recall by somebody else is told in French, on a phone', async () => {
  const { page, errors, leave } = await browser.visit({ width: PHONE });
  await openLot(page, 'LOT-FR', 'fr');
  const decide = async (verb: 'stop' | 'release' | 'recall') => {
    await page.getByRole('button', { name: fr[`larder.lot.${verb}`] }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('textbox', { name: fr['larder.review.reason'] }).fill('Odeur');
    expect(await isTooWide(page)).toBe(false);
    return dialog;
  };
  const stop = await decide('stop');
  await takePicture(page, 'lot-fr-stop');
  await stop.getByRole('button', { name: fr['larder.lot.stop'] }).click();
  await page.getByText(fr['larder.lot.stopped']).waitFor();
  await takePicture(page, 'lot-fr-stopped');
  const release = await decide('release');

  const id = page.url().split('/').pop();
  const login = { reason: 'Verre' };
  await desk.world.larder.post(`/meals/lots/${id}/recall`, login, desk.tokens.operator).expect(200);
  await release.getByRole('button', { name: fr['larder.lot.release'] }).click();
  await page.getByRole('alert').getByText(fr['larder.refusal.lot_recalled']).waitFor();
  await release.getByRole('button', { name: fr['larder.review.cancel'] }).click();
  await page.locator('[data-larder="lot.buyers"] tbody tr').filter({ hasText: fr.succeeded }).waitFor();
  await takePicture(page, 'lot-fr-recalled');
  expect(await isTooWide(page)).toBe(false);
  expect(errors()).toEqual([]);
  await leave();
});
