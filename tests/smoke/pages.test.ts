/** The pages that Larder serves for front ends without code, in a real browser against the fake Stripe. */
import type { Page } from 'playwright-core';
import { isTooWide, startBrowser, type TestBrowser } from '../support/browser';
import { emailOf, startStripeWorld, type StripeWorld } from '../support/stripe-world';

let world: StripeWorld;
let browser: TestBrowser;

beforeAll(async () => {
  [world, browser] = await Promise.all([startStripeWorld({ machines: 1 }), startBrowser()]);
  await world.database.sql.rows(
    `update machines set label = 'Lobby <b>&"quoted"</b>', timezone = 'America/Montreal' where vendor_id = 'M1'`,
  );
  await world.database.sql.rows(`update products set name = 'Salad <script>alert(1)</script>' where sku = '1001'`);
}, 400_000);
afterAll(async () => {
  await browser?.stop();
  await world?.stop();
});
afterEach(() => world.fake.faults.clear());

const user = (name: string) => ({ id: name, email: emailOf(name) });

async function start(name: string, more: object = { lines: [{ sku: '1001', quantity: 2 }] }) {
  const { body } = await world.larder.post('/api/billing/checkout', { user: user(name), ...more }).expect(200);
  return body as { id: string; pageUrl: string; url: string };
}

/** The form is in Stripe's frame, on Stripe's origin. */
const form = (page: Page) => page.frameLocator('iframe[name=embedded-checkout]');
/** Axis by axis what makes a page usable: a language, a title, one heading, no scrolling sideways. */
async function expectFit(page: Page, language: string) {
  expect(await page.locator('html').getAttribute('lang')).toBe(language);
  expect(await page.title()).not.toBe('');
  expect(await page.getByRole('heading', { level: 1 }).count()).toBe(1);
  expect(await isTooWide(page)).toBe(false);
}

it('takes a payment on a phone, by keyboard alone, and shows the receipt', async () => {
  const { pageUrl, id } = await start('keyboard');
  const { page, errors, leave } = await browser.visit({ width: 390 });
  const answer = await page.goto(pageUrl);
  expect(answer?.headers()).toMatchObject({ 'cache-control': 'no-store', 'referrer-policy': 'no-referrer' });
  expect(answer?.headers()['content-security-policy']).toMatch(/script-src 'nonce-[^']+' http:\/\/127/);
  expect(answer?.headers()['content-security-policy']).not.toContain('unsafe');
  await form(page).getByRole('button', { name: 'Pay' }).waitFor();
  expect(await isTooWide(page)).toBe(false);
  // Nothing of ours around the form.
  expect((await page.locator('body').innerText()).trim()).toBe('');

  await form(page).getByLabel('Card').focus();
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await page.waitForURL(/\/billing\/return/);
  await page.getByRole('heading', { name: 'Thank you' }).waitFor();
  await expectFit(page, 'en');
  expect(await page.locator('main').innerText()).toContain('You have paid €13.00.');
  expect(await page.locator('main').innerText()).toContain('Visa •••• 4242');

  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: 'Receipt' }).waitFor();
  await expectFit(page, 'en');
  const text = await page.locator('main').innerText();
  expect(text).toContain('Salad <script>alert(1)</script>');
  expect(text).toContain(id);
  expect(await page.getByRole('row', { name: 'Total €13.00' }).count()).toBe(1);
  expect(errors()).toEqual([]);
  await leave();
});

it('lets a declined card try again, in French', async () => {
  const { pageUrl, id } = await start('refusee');
  const { page, errors, leave } = await browser.visit({ width: 390, language: 'fr' });
  await page.goto(pageUrl);
  await form(page).getByRole('button', { name: 'Decline' }).click();
  await form(page).getByRole('alert').waitFor();
  const back = world.fake.sessions().find(({ client_reference_id: of }) => of === id)?.return_url ?? '';
  await page.goto(back);
  await page.getByRole('heading', { name: 'Votre carte a été refusée' }).waitFor();
  await expectFit(page, 'fr');
  await page.getByRole('link', { name: 'Réessayer' }).click();
  await form(page).getByRole('button', { name: 'Pay' }).click();
  await page.getByRole('heading', { name: 'Merci' }).waitFor();
  expect(await page.locator('main').innerText()).toMatch(/Vous avez payé 13,00\s€\./);
  // The link to the other language keeps the page.
  await page.getByRole('link', { name: 'English' }).click();
  await page.getByRole('heading', { name: 'Thank you' }).waitFor();
  expect(errors()).toEqual([]);
  await leave();
});

it('waits with the customer while Stripe cannot be asked, and comes to the confirmation by itself', async () => {
  const { pageUrl, id } = await start('waiting');
  const { page, errors, leave } = await browser.visit({ width: 390 });
  await page.goto(pageUrl);
  await form(page).getByRole('button', { name: 'Pay' }).waitFor();
  // Nor does its webhook tell: it would be sooner than the page at times.
  world.fake.faults.webhooks.lose(20);
  const away = world.fake.faults.errorBefore(500, 'GET /v1/checkout/sessions/*', { times: Infinity });
  await form(page).getByRole('button', { name: 'Pay' }).click();
  await page.getByRole('heading', { name: 'One moment, please' }).waitFor();
  away.remove();
  world.fake.faults.webhooks.clear();
  await expectFit(page, 'en');
  await page.getByRole('heading', { name: 'Thank you' }).waitFor();
  expect((await world.larder.get(`/api/billing/checkout/${id}`)).body).toMatchObject({ state: 'complete' });
  expect(errors()).toEqual([]);
  await leave();
});

it('saves a card', async () => {
  const { pageUrl } = await start('saver', { mode: 'setup' });
  const { page, errors, leave } = await browser.visit({ width: 1200, language: 'fr-CA' });
  await page.goto(pageUrl);
  await form(page).getByRole('button', { name: 'Save card' }).click();
  await page.getByRole('heading', { name: 'Votre carte est enregistrée' }).waitFor();
  expect(await page.locator('main').innerText()).toContain('Visa •••• 4242');
  // The form is closed: its page leads on to what became of it.
  await page.goto(pageUrl);
  expect(page.url()).toContain('/billing/return');
  expect(errors()).toEqual([]);
  await leave();
});

it('shows the receipt of a purchase at a fridge, in the time of the fridge, on the screen and on paper', async () => {
  const id = await world.openedWithCard('M1', 'hungry');
  const fridge = world.simulator.customer('M1');
  fridge.take('1001');
  fridge.take('1006');
  fridge.close();
  await world.untilPaid(id, 'captured');
  // 3 July, 01:30 in UTC is the evening before in Montréal.
  await world.database.sql.rows(
    `update transactions set closed_at = '2026-07-03 01:30:00', refunded_amount = 290 where document_id = $1`,
    [id],
  );
  const { body } = await world.larder.get(`/api/billing/receipts/${id}`).expect(200);
  for (const [language, time, refunded] of [
    ['en', '2 July 2026 at 21:30', '-€2.90'],
    ['fr', '2 juillet 2026 à 21:30', '-2,90'],
  ] as const) {
    const { page, errors, leave } = await browser.visit({ width: 390, language });
    await page.goto(body.url as string);
    await expectFit(page, language);
    const text = await page.locator('main').innerText();
    expect(text).toContain('Lobby <b>&"quoted"</b>');
    expect(text).toContain(time);
    expect(text).toContain('Visa •••• 4242');
    expect(text).toContain(refunded);
    await page.emulateMedia({ media: 'print' });
    expect(await page.locator('footer').isVisible()).toBe(false);
    expect(errors()).toEqual([]);
    await leave();
  }
});

it('opens nothing without the right token, and tells nobody why', async () => {
  const { id, pageUrl } = await start('guarded');
  const token = new URL(pageUrl).searchParams.get('token') ?? '';
  const at = async (path: string) => {
    const answer = await fetch(`${world.larder.url}${path}`, { redirect: 'manual' });
    return [answer.status, (await answer.text()).includes('There is nothing here')];
  };
  for (const path of [
    `/billing/checkout/${id}`,
    `/billing/checkout/${id}?token=`,
    `/billing/checkout/${id}?token=${token}x`,
    `/billing/checkout/${id}?token=${token}&token=${token}`,
    `/billing/checkout/nothing?token=${token}`,
    `/billing/return?checkout=${id}&token=${token}`,
    `/billing/receipt/${id}?token=${token}`,
    '/billing/return',
    '/billing/elsewhere',
  ]) {
    expect([path, ...(await at(path))]).toEqual([path, 404, true]);
  }
  expect(world.larder.log()).not.toContain(token);
});
