/** What an operator does about money in the panel, in French: gives it back with the keyboard alone, and reads why and who. Shows the build in `dist/build`. */
import type { Page } from 'playwright-core';
import fr from '../../src/admin/translations/fr.json';
import labels from '../../src/admin/translations/labels.fr.json';
import french from '../../src/admin/translations/money-messages.fr.json';
import { isTooWide, startBrowser, type TestBrowser } from '../support/browser';
import { eventually } from '../support/eventually';
import { startMoneyDesk, type MoneyDesk } from '../support/money-desk';
import { OPERATOR } from '../support/operator';
import { enterPanel, openEntry } from '../support/panel-visit';

const PHONE = 390;

let desk: MoneyDesk;
let browser: TestBrowser;
beforeAll(async () => {
  [desk, browser] = await Promise.all([startMoneyDesk(), startBrowser()]);
}, 400_000);
afterAll(async () => {
  await browser?.stop();
  await desk?.world.stop();
});

const enter = (page: Page, at: string) => enterPanel(page, desk.world.larder, { person: OPERATOR, language: 'fr', at });
const open = (page: Page, at: string) => openEntry(page, desk.world.larder, at);

/** Presses `key` until this is focused: a person without a mouse has to get there. */
async function reach(page: Page, name: string, key = 'Tab'): Promise<void> {
  const target = page
    .getByRole('dialog')
    .getByLabel(name, { exact: true })
    .or(page.getByRole('button', { name, exact: true }));
  for (let presses = 0; presses < 15; presses += 1) {
    if (await target.first().evaluate((element) => element === element.ownerDocument.activeElement)) return;
    await page.keyboard.press(key);
  }
  throw new Error(`The keyboard does not reach “${name}”.`);
}

it('is chosen by product, asks for a reason, is made once, and shows on the page by itself', async () => {
  const id = await desk.charged('cold-salad');
  const { page, errors, leave } = await browser.visit({ width: PHONE });
  await enter(page, `api::transaction.transaction/${id}`);
  await page.getByRole('button', { name: fr['larder.refund.open'], exact: true }).press('Enter');
  const dialog = page.getByRole('dialog');
  await dialog.getByText(fr['larder.refund.left']).waitFor();

  await reach(page, fr['larder.refund.all']);
  // As long as a finger rests on it: the choice moves with the focus while the key is down.
  await page.keyboard.press('ArrowDown', { delay: 100 });
  await reach(page, fr['larder.review.more'].replace('{name}', 'Meal 1001'));
  await page.keyboard.press('Enter');
  const confirm = fr['larder.refund.confirm'].replace('{amount}', '6,50\u00a0€');
  await reach(page, confirm);
  await page.keyboard.press('Enter');
  await dialog.getByText(fr['larder.reason.missing']).waitFor();
  expect(await isTooWide(page)).toBe(false);
  expect(desk.world.fake.refunds()).toEqual([]);

  await page.keyboard.type('La salade était froide.'); // the field that misses something has the focus
  await reach(page, confirm);
  await page.keyboard.press('Enter');
  await dialog.waitFor({ state: 'detached' });
  const made = page.locator('[data-larder="payments.refunds"] tbody tr').filter({ hasText: fr.succeeded });
  await made.waitFor();
  expect((await made.innerText()).replace(/\s+/g, ' ')).toContain('6,50 € La salade était froide.');
  expect(desk.world.fake.refunds()).toMatchObject([{ amount: 650 }]);
  const refunded = page.locator('[data-larder=payments] td[data-label]').nth(2);
  await refunded.filter({ hasText: '6,50' }).waitFor();
  expect(await isTooWide(page)).toBe(false);
  expect(errors()).toEqual([]);
  await leave();
});

it('says in French why a person is to decide, and by name who did', async () => {
  const { id, paymentId } = await desk.cancelled('indecis');
  const { page, errors, leave } = await browser.visit({ width: PHONE });
  await enter(page, `api::payment.payment/${paymentId}`);
  const why = page.getByRole('textbox', { name: labels.Message, exact: true });
  await why.waitFor();
  expect(await why.inputValue()).toBe(french.hold_cancelled);

  const reason = 'Vu à la caméra.';
  await desk.decide('payments', paymentId, { decision: 'charge', reason }).expect(200);
  await desk.world.untilPaid(id, 'captured');
  await open(page, `api::transaction.transaction/${id}`);
  await page.locator('[data-larder=events]').getByText(`${reason} (Olive Operator)`).waitFor();
  await page.locator('[data-larder=events]').getByText(french.hold_cancelled).waitFor();

  const refund = await desk.refundAtDesk(id, { reason, amount: 100 }).expect(201);
  await desk.refund(id, { reason, amount: 100 }).expect(201);
  await open(page, `api::refund.refund/${(refund.body as { id: string }).id}`);
  const who = page.getByRole('textbox', { name: labels['Asked for by'] });
  await eventually(async () => expect(await who.inputValue()).toBe('Olive Operator'));

  const { debtId } = await desk.owing('endette');
  await desk.decide('debts', debtId, { decision: 'forgive', reason }).expect(200);
  await open(page, `api::debt.debt/${debtId}`);
  const decider = page.getByRole('textbox', { name: labels['Decided by'] });
  await eventually(async () => expect(await decider.inputValue()).toBe('Olive Operator'));

  await page.setViewportSize({ width: 1400, height: 900 });
  await open(page, 'api::refund.refund');
  for (const name of ['Olive Operator', 'Refunds']) await page.getByRole('gridcell', { name }).first().waitFor();
  expect(errors()).toEqual([]);
  await leave();
});
