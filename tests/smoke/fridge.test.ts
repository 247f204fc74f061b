/** An operator locks a fridge, unlocks it and gives its device a key, on the machine's page. Shows the build in `dist/build`. */
import type { Page } from 'playwright-core';
import fr from '../../src/admin/translations/fr.json';
import { isTooWide, startBrowser, type TestBrowser } from '../support/browser';
import { inviteOperator, type Operator } from '../support/operator';
import { enterPanel } from '../support/panel-visit';
import { startWorld, type World } from '../support/world';

const PHONE = 390;

let world: World;
let browser: TestBrowser;
let operator: Operator;
let machineId: string;
beforeAll(async () => {
  [world, browser] = await Promise.all([startWorld({ machines: 1 }), startBrowser()]);
  operator = await inviteOperator(world.larder);
  const [machine] = await world.database.sql.rows<{ id: string }>(`select document_id as id from machines`);
  machineId = machine?.id ?? '';
}, 400_000);
afterAll(async () => {
  await browser?.stop();
  await world?.stop();
});

const openMachine = (page: Page) =>
  enterPanel(page, world.larder, { person: operator, language: 'fr', at: `api::machine.machine/${machineId}` });

const press = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).click();
const doorStatus = async () => (await world.open('M1')).status;

it('works on a phone, in French', async () => {
  const { page, errors, leave } = await browser.visit({ width: PHONE });
  await openMachine(page);
  const card = page.locator('[data-larder=fridge]');
  await card.getByText(fr['larder.fridge.sells']).waitFor();
  expect(await isTooWide(page)).toBe(false);

  await press(page, fr['larder.fridge.lock']);
  const dialog = page.getByRole('dialog');
  await press(page, fr['larder.review.confirm']);
  await dialog.getByText(fr['larder.reason.missing']).waitFor();
  await dialog.getByRole('textbox').fill('Nettoyage jusqu’à midi.');
  await press(page, fr['larder.review.confirm']);
  await dialog.waitFor({ state: 'detached' });
  await card.getByText('Nettoyage jusqu’à midi.').waitFor();
  expect(await doorStatus()).toBe(423);

  await press(page, fr['larder.fridge.unlock']);
  await dialog.getByRole('textbox').fill('Propre.');
  await press(page, fr['larder.review.confirm']);
  await card.getByText(fr['larder.fridge.sells']).waitFor();
  expect(await doorStatus()).toBe(200);

  await card.getByText(fr['larder.device.none']).waitFor();
  await press(page, fr['larder.device.make']);
  await card.getByText(fr['larder.device.once']).waitFor();
  const key = await card.locator('code').innerText();
  const beat = () => world.larder.post('/api/machines/M1/heartbeat', { version: '1.4.2' }, key);
  expect((await beat()).status).toBe(200);
  expect(await isTooWide(page)).toBe(false);

  await page.reload();
  await card.getByText(`····${key.slice(-4)}`).waitFor();
  expect(await page.content()).not.toContain(key);
  await press(page, fr['larder.device.revoke']);
  await press(page, fr['larder.device.sure']);
  await card.getByText(fr['larder.device.none']).waitFor();
  expect((await beat()).status).toBe(401);
  expect(errors()).toEqual([]);
  await leave();
});
