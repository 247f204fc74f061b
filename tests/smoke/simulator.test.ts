/** The page of the simulator with a device in its fridge, against a whole Larder: on a phone, in French, by keyboard. */
import type { Page } from 'playwright-core';
import { isTooWide, startBrowser, type TestBrowser } from '../support/browser';
import { lookAfter } from '../support/fridges';
import { stockMeals } from '../support/stock';
import { startStripeWorld, type StripeWorld } from '../support/stripe-world';

const PHONE = 390;

let world: StripeWorld;
let browser: TestBrowser;
let key: string;
beforeAll(async () => {
  [world, browser] = await Promise.all([startStripeWorld({ machines: 2 }), startBrowser()]);
  const { sql } = world.database;
  await sql.rows(`update machines set ceiling_amount = 2500, ceiling_currency = 'EUR'`);
  key = await (await lookAfter(world)).makeKey('M1');
  const user = { id: 'ada', email: 'ada@example.com' };
  await world.larder.post('/api/me/door-token', { user }).expect(201);
  await stockMeals(sql, 'M1', [
    { barcode: 'hers', sku: '1001', reservedFor: 'ada' },
    { barcode: 'free', sku: '1006' },
  ]);
  world.simulator.fridge('M1').stock([
    { barcode: 'hers', vpn: '1001', reservedFor: 'ada' },
    { barcode: 'free', vpn: '1006' },
  ]);
}, 400_000);
afterAll(async () => {
  await browser?.stop();
  await world?.stop();
});

/** Presses a button as somebody does who has no mouse. */
async function press(page: Page, name: string) {
  await page.getByRole('button', { name, exact: true }).focus();
  await page.keyboard.press('Enter');
}

it('connects, opens by a card, sounds the alarm, ends it, and says what is charged', async () => {
  const { page, errors, leave } = await browser.visit({ width: PHONE, language: 'fr' });
  await page.goto(`${world.simulator.httpUrl}/#M1`);
  await page.getByText('La ligne de l’appareil vers Larder').click();
  await page.getByLabel('Adresse de Larder').fill(world.larder.url);
  await page.getByLabel('Clé d’appareil de ce frigo').fill(key);
  await page.keyboard.press('Enter');
  await page.getByText(`la clé qui finit par ${key.slice(-4)}`).waitFor();
  expect(await page.content()).not.toContain(key);

  await page.getByLabel('Ce qu’on présente').selectOption('badge');
  await page.getByLabel('Le numéro du badge').fill('nobody');
  await page.keyboard.press('Enter');
  await page.getByText('Ce badge n’est pas enregistré.').waitFor();
  await page.getByLabel('Ce qu’on présente').selectOption('card');
  const card = await world.stripe.paymentMethods.retrieve('pm_card_visa');
  await page.getByLabel('L’identifiant du moyen de paiement').fill(card.id);
  await page.keyboard.press('Enter');
  await page.getByText('La porte est ouverte. Prenez').waitFor();

  await press(page, 'Prendre Lentil and feta salad hers');
  const alarm = page.getByRole('alert').filter({ hasText: 'Alarme ! Ce plat est réservé' });
  await alarm.waitFor();
  expect(await page.evaluate("getComputedStyle(document.getElementById('signal')).backgroundColor")).toBe(
    'rgb(179, 0, 30)',
  );
  expect(await isTooWide(page)).toBe(false);
  await press(page, 'Reposer Lentil and feta salad hers');
  await page.getByText('L’alarme est finie.').waitFor();
  await press(page, 'Prendre Chocolate mousse free');
  await press(page, 'Fermer la porte');
  await page.getByText(/Débité : 2,90/).waitFor();

  await page.getByLabel('Température actuelle').fill('9');
  await press(page, 'Mesurer');
  await page.getByText('Enregistrées : 1, déjà connues : 0').waitFor();
  await press(page, 'Renvoyer les dernières');
  await page.getByText('Enregistrées : 0, déjà connues : 1').waitFor();
  expect(await isTooWide(page)).toBe(false);
  expect(errors()).toEqual([]);
  await leave();
});

it('shows a fridge without stock as it always did', async () => {
  const { page, errors, leave } = await browser.visit({ width: 1400 });
  await page.goto(`${world.simulator.httpUrl}/#M2`);
  await page.getByText('The door is locked. Ask Larder to open it.').waitFor();
  expect(await page.locator('#shelves li').count()).toBe(8);
  expect(await page.locator('#reader-form, #sensors, #signal, #force').filter({ visible: true }).count()).toBe(0);
  expect(errors()).toEqual([]);
  await leave();
});
