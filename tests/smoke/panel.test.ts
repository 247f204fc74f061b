/** The admin panel as an operator sees it, in both languages, at a desk and on a phone. Shows the build in `dist/build`. */
import type { Page } from 'playwright-core';
import en from '../../src/admin/translations/en.json';
import fr from '../../src/admin/translations/fr.json';
import labels from '../../src/admin/translations/labels.fr.json';
import { isTooWide, startBrowser, type TestBrowser, type Visit } from '../support/browser';
import { ADMIN } from '../support/larder';
import { inviteOperator, type Operator } from '../support/operator';
import { startWorld, type World } from '../support/world';

const DESK = 1400;
const PHONE = 390;

const LANGUAGES = {
  English: {
    words: en,
    label: (english: string) => english,
    money: ['€6.50', '€13.00'],
  },
  Français: {
    words: fr,
    label: (english: string) => (labels as Readonly<Record<string, string>>)[english] ?? english,
    money: ['6,50 €', '13,00 €'],
  },
} as const;

type Language = keyof typeof LANGUAGES;

let world: World;
let browser: TestBrowser;
let operator: Operator;
let underReview: string;

beforeAll(async () => {
  [world, browser] = await Promise.all([
    startWorld({ machines: 3, env: { COMPLETION_DEADLINE_S: '1' } }),
    startBrowser(),
  ]);
  operator = await inviteOperator(world.larder);
  world.simulator.addFault({ name: 'never-complete', machine: 'M3' });
  underReview = await world.opened('M3', 'unlucky');
  world.simulator.customer('M3').close();
  const empty = await world.opened('M1', 'undecided');
  world.simulator.customer('M1').close();
  const bought = await world.opened('M2', 'hungry');
  for (const sku of ['1001', '1001']) world.simulator.customer('M2').take(sku);
  world.simulator.customer('M2').close();
  await Promise.all([
    world.until(underReview, 'review'),
    world.until(empty, 'empty'),
    world.until(bought, 'completed'),
  ]);
}, 400_000);

afterAll(async () => {
  await browser?.stop();
  await world?.stop();
});

/** Chooses the language on the first page, and logs in. */
async function logIn(page: Page, language: Language): Promise<void> {
  await page.goto(`${world.larder.url}/admin`);
  if (language !== 'English') {
    await page.getByRole('combobox').click();
    await page.getByRole('option', { name: language }).click();
  }
  await page.fill('input[name=email]', operator.email);
  await page.fill('input[name=password]', operator.password);
  await page.click('button[type=submit]');
  await page.getByRole('heading', { name: /Olive/ }).first().waitFor();
}

async function openTransactions(page: Page): Promise<void> {
  await page.goto(`${world.larder.url}/admin/content-manager/collection-types/api::transaction.transaction`);
  await page.locator('table tbody tr').first().waitFor();
}

/** The texts of all that fits, with plain spaces. */
const texts = async (page: Page, selector: string): Promise<string[]> =>
  (await page.locator(selector).allInnerTexts()).map((text) => text.replace(/\s+/g, ' ').trim());

describe.each(['English', 'Français'] as const)('in %s', (language) => {
  const { words, label, money } = LANGUAGES[language];
  let visit: Visit;
  beforeAll(async () => {
    visit = await browser.visit({ width: DESK });
    await logIn(visit.page, language);
  });
  afterAll(() => visit?.leave());

  it.each([
    ['at a desk', DESK],
    ['on a phone', PHONE],
  ])(
    'lists the purchases, newest first, and tells of one what was bought and how it went, %s',
    async (_where, width) => {
      const { page, errors } = visit;
      await page.setViewportSize({ width, height: 900 });

      await openTransactions(page);
      const headings = await texts(page, 'table thead [role=gridcell], table thead th');
      expect(headings.map((text) => text.toLowerCase())).toEqual(
        expect.arrayContaining([label('Created at').toLowerCase(), label('State').toLowerCase()]),
      );
      const rows = await texts(page, 'table tbody tr');
      expect(rows).toEqual([
        expect.stringContaining(words.completed),
        expect.stringContaining(words.empty),
        expect.stringContaining(words.review),
      ]);
      expect(rows[0]).toContain(money[1]);
      expect(await isTooWide(page)).toBe(false);

      await page.locator('table tbody tr').first().click();
      await page.locator('[data-larder=events] tbody tr').nth(5).waitFor();
      await page.locator('[data-larder=lines] tbody tr').first().waitFor();
      expect(await texts(page, '[data-larder=lines] tbody tr')).toEqual([`2 Meal 1001 (1001) ${money[0]} ${money[1]}`]);
      const history = await texts(page, '[data-larder=events] tbody tr');
      const steps = ['purchase.requested', 'smart_fridge_door_open', 'smart_fridge_request_completed'];
      const at = steps.map((step) => history.findIndex((row) => row.includes(step)));
      expect(at).not.toContain(-1);
      expect(at).toEqual([...at].sort((one, other) => one - other));
      expect(history.find((row) => row.includes('smart_fridge_door_open'))).toContain(words.command);
      expect(await texts(page, 'label, legend')).toEqual(expect.arrayContaining([label('Products'), label('History')]));
      expect(await isTooWide(page)).toBe(false);
      expect(errors()).toEqual([]);
    },
  );
});

it('tells an operator in their language that somebody else has decided meanwhile', async () => {
  const { page, leave } = await browser.visit({ width: PHONE });
  await logIn(page, 'Français');
  await page.goto(
    `${world.larder.url}/admin/content-manager/collection-types/api::transaction.transaction/${underReview}`,
  );
  await page.getByRole('button', { name: fr['larder.review.decide'] }).click();
  await page.getByRole('radio', { name: fr['larder.review.nothing'] }).click();
  await page.getByRole('textbox', { name: fr['larder.review.reason'], exact: true }).fill('Vu à la caméra');
  const login = await world.larder.post('/admin/login', ADMIN);
  const { token } = (login.body as { data: { token: string } }).data;
  const decision = { products: [], reason: 'Seen on the camera' };
  const first = await world.larder.post(`/purchases/transactions/${underReview}/settle`, decision, token);
  expect(first.status).toBe(200);
  await page.getByRole('button', { name: fr['larder.review.confirm'] }).click();
  const notice = page.getByRole('alert').filter({ hasText: fr['larder.refusal'] });
  await notice.waitFor();
  expect(await notice.innerText()).toContain('Cet achat n’est plus à vérifier. Son état : Sans achat.');
  await leave();
});
