/**
 * Whoever takes and returns what, with and without a purchase, told at once, in the wrong order or twice: what a fridge with
 * barcodes saw is what is charged and what leaves the books, and nobody is called a thief for what somebody else did.
 */
import fc from 'fast-check';
import type { MealsParts } from '../../src/plugins/meals/server/src/core/parts';
import { notifier } from '../../src/plugins/alerts/server/src/core/notifier';
import { newDocumentId } from '../../src/shared/ids';
import { createQueue, type Queue } from '../../src/shared/queue';
import { newBarcodeFridge, PERCENT, PRICES, scene, step, type Purchase } from '../support/barcode-fridge';
import { createTestDatabase, type TestDatabase } from '../support/database';
import { breaches } from '../support/invariants';

jest.setTimeout(300_000);

let database: TestDatabase;
let queue: Queue;
let parts: MealsParts;
beforeAll(async () => {
  database = await createTestDatabase();
  queue = createQueue(database.url, () => undefined);
  queue.declare(['alerts.raise', 'meals.compensate']);
  await queue.prepare();
  parts = {
    database: database.sql,
    queue,
    notifier,
    follow: () => [],
    tell: () => [],
    charge: null,
    giveBack: null,
    blockAfterThefts: 1000,
    log: console,
  };
  for (const [sku, price] of Object.entries(PRICES)) {
    await database.sql.rows(
      `insert into products (document_id, sku, name, unit_amount, currency, active, created_at, updated_at, published_at)
       values ($1, $2::text, $2::text, $3, 'EUR', true, now(), now(), now())`,
      [newDocumentId(), sku, price],
    );
  }
  for (const customer of ['ada', 'bob']) {
    await database.sql.rows(
      `insert into up_users (document_id, username, email, customer_id, created_at, updated_at, published_at)
       values ($1, $2::text, $2::text || '@example.com', $2::text, now(), now(), now())`,
      [newDocumentId(), customer],
    );
  }
});
afterAll(async () => {
  await queue.stop();
  await database.drop();
});

const column = async (text: string, values: readonly unknown[]) =>
  (await database.sql.rows<{ value: string }>(text, values)).map(({ value }) => value);

/** What left with a purchase by the books: barcodes. */
const leftWith = ({ id }: Purchase) =>
  column(`select barcode as value from stock_movements where transaction_id = $1 order by 1`, [id]);

const seenStolen = ({ id }: Purchase) =>
  column(`select barcode as value from larder.thefts where transaction_id = $1 and is_seen order by 1`, [id]);

const chargedTo = async ({ row }: Purchase) =>
  Number((await column(`select total_amount as value from transactions where id = $1`, [row]))[0]);

/** Of what the drawn sequences should have had often enough. */
async function sawLittle(): Promise<string[]> {
  const [row] = await database.sql.rows<Record<string, number>>(
    `select (select count(*) from larder.thefts where is_seen)::int as seen, (select count(offer) from larder.thefts)::int as offered,
       (select count(*) from larder.thefts where is_owed)::int as owed,
       count(*) filter (where session = 'none')::int as unasked, count(*) filter (where is_late)::int as late,
       count(*) filter (where is_outdated)::int as outdated, count(*) filter (where was_out)::int as out from larder.meal_events`,
  );
  return Object.entries(row ?? {}).flatMap(([what, count]) => (count < 2 ? [`${what}: ${count}`] : []));
}

it('charges and books what was seen, whoever takes and returns what in which order', async () => {
  await fc.assert(
    fc.asyncProperty(
      scene.map((meals) => meals.map((meal) => ({ ...meal, isReadable: true }))),
      fc.array(step, { minLength: 12, maxLength: 40 }),
      fc.boolean(),
      async (meals, steps, isSlow) => {
        const { fridge, documentId } = await newBarcodeFridge(parts, meals, isSlow);
        for (const one of steps) await fridge.do(one);
        const owners = new Map(meals.map(({ reservedFor }, n) => [fridge.barcode(n), reservedFor]));
        const skus = new Map(meals.map(({ sku }, n) => [fridge.barcode(n), sku]));
        const offered = new Map<string, string>();
        for (const purchase of await fridge.finish()) {
          const held = [...purchase.held].sort();
          expect(await leftWith(purchase)).toEqual(held);
          // A meal that was offered for a stolen one has a new owner from then on.
          const stolen = await seenStolen(purchase);
          const isStolen = (barcode: string) => {
            const owner = owners.get(barcode);
            return owner !== undefined && owner !== purchase.buyer;
          };
          const mayBe = new Set([...held.filter(isStolen), ...held.filter((one) => offered.has(one))]);
          expect(stolen.every((barcode) => mayBe.has(barcode))).toBe(true);
          expect(held.filter(isStolen).every((barcode) => stolen.includes(barcode))).toBe(true);
          const due = held.reduce((sum, barcode) => {
            const price = PRICES[skus.get(barcode) ?? ''] ?? 0;
            return sum + (stolen.includes(barcode) ? (price * PERCENT) / 100 : price);
          }, 0);
          expect(await chargedTo(purchase)).toBe(due);
          for (const offer of await column(
            `select offer as value from larder.thefts where transaction_id = $1 and offer is not null`,
            [purchase.id],
          )) {
            offered.set(offer, purchase.id);
          }
        }
        // What nobody bought is still in the books, until somebody counts; and somebody was told each time.
        const states = await column(`select state as value from meals where barcode = any($1) and state <> 'stocked'`, [
          [...fridge.gone.keys()],
        ]);
        expect(states).toEqual([]);
        const told = await column(
          `select id as value from pgboss.job where name = 'alerts.raise' and data ->> 'cause' = 'meal_gone' and data ->> 'machineId' = $1`,
          [documentId],
        );
        expect(told).toHaveLength(fridge.goneTimes);
      },
    ),
    { numRuns: 150 },
  );
  expect(await breaches(database.sql)).toEqual([]);
  expect(await sawLittle()).toEqual([]);
});

it('charges as much as the list says and accuses nobody wrongly where some labels cannot be read', async () => {
  await fc.assert(
    fc.asyncProperty(
      scene,
      fc.array(step, { minLength: 12, maxLength: 40 }),
      fc.boolean(),
      async (meals, steps, isSlow) => {
        const { fridge } = await newBarcodeFridge(parts, meals, isSlow);
        for (const one of steps) await fridge.do(one);
        for (const purchase of await fridge.finish()) {
          const stolen = await seenStolen(purchase);
          expect(stolen.every((barcode) => purchase.held.has(barcode))).toBe(true);
          // Whoever comes after a meal was seen to go unasked did not take it.
          const wentBefore = meals.flatMap(({ isReadable }, n) => {
            const since = fridge.gone.get(fridge.barcode(n));
            return isReadable && since !== undefined && since < purchase.openedAt ? [fridge.barcode(n)] : [];
          });
          const left = await leftWith(purchase);
          expect(left.filter((barcode) => wentBefore.includes(barcode))).toEqual([]);
          const price = (sku: string) => PRICES[sku] ?? 0;
          const listed = fridge.skusOf(purchase).reduce((sum, sku) => sum + price(sku), 0);
          const extra = stolen.reduce((sum, barcode) => {
            const sku = meals.find((_, n) => fridge.barcode(n) === barcode)?.sku ?? '';
            return sum + (price(sku) * (PERCENT - 100)) / 100;
          }, 0);
          expect(await chargedTo(purchase)).toBe(listed + extra);
        }
      },
    ),
    { numRuns: 150 },
  );
  expect(await breaches(database.sql)).toEqual([]);
  expect(await sawLittle()).toEqual([]);
});
