/**
 * Whoever takes and returns what, with and without a purchase, told at once, in the wrong order or twice: what a fridge with
 * barcodes saw is what is charged and what leaves the books, and nobody is called a thief for what somebody else did.
 */
import fc from 'fast-check';
import { allocateJob, createAllocateHandler } from '../../src/plugins/meals/server/src/allocate/allocate';
import type { MealsParts } from '../../src/plugins/meals/server/src/core/parts';
import { createCheckEmptyHandler } from '../../src/plugins/meals/server/src/device/check-empty';
import type { MealEvent } from '../../src/plugins/meals/server/src/device/facts';
import { takeEvents } from '../../src/plugins/meals/server/src/device/take-events';
import { notifier } from '../../src/plugins/alerts/server/src/core/notifier';
import { createCompensateHandler } from '../../src/plugins/meals/server/src/theft/compensate';
import { newDocumentId } from '../../src/shared/ids';
import { createQueue, type Queue } from '../../src/shared/queue';
import { createTestDatabase, type TestDatabase } from '../support/database';
import { breaches } from '../support/invariants';
import { stockMeals } from '../support/stock';

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

const PRICES: Readonly<Record<string, number>> = { A: 500, B: 900 };
const PERCENT = 200;
const MEALS = 5;

const scene = fc.array(
  fc.record({
    sku: fc.constantFrom('A', 'B'),
    reservedFor: fc.constantFrom(undefined, 'ada', 'bob'),
    /** Its label cannot be read: the device says nothing of it. */
    isReadable: fc.boolean(),
  }),
  { minLength: MEALS, maxLength: MEALS },
);
const step = fc.oneof(
  { weight: 2, arbitrary: fc.record({ do: fc.constant('open' as const), buyer: fc.constantFrom('ada', 'bob', null) }) },
  { weight: 6, arbitrary: fc.record({ do: fc.constant('take' as const), meal: fc.nat({ max: MEALS - 1 }) }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('return' as const), meal: fc.nat({ max: MEALS - 1 }) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('touch' as const), meal: fc.nat({ max: MEALS - 1 }) }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('close' as const) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('settle' as const) }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('again' as const) }) },
);
type Step = typeof step extends fc.Arbitrary<infer Value> ? Value : never;
type Scene = typeof scene extends fc.Arbitrary<infer Value> ? Value : never;

interface Purchase {
  readonly id: string;
  readonly row: number;
  readonly buyer: string | null;
  readonly openedAt: number;
  /** Barcodes in hand. */
  readonly held: Set<string>;
}

/** The fridge as it really is: who holds what. Its clock goes a minute a step. */
class Fridge {
  private now = Date.now() - 86_400_000;
  private live: Purchase | undefined;
  private readonly ended: Purchase[] = [];
  private readonly waiting: Purchase[] = [];
  private readonly out = new Set<string>();
  private readonly told: { readonly event: MealEvent; readonly isBought: boolean }[] = [];
  private echoes = 0;
  private readonly unsent: MealEvent[] = [];
  /** Taken by nobody that we know, and since when. */
  readonly gone = new Map<string, number>();
  goneTimes = 0;

  constructor(
    private readonly machine: { id: number; documentId: string },
    private readonly meals: Scene,
    private readonly isSlow: boolean,
  ) {}

  barcode = (n: number) => `${this.machine.documentId}-${n}`;

  async do(one: Step): Promise<void> {
    this.now += 60_000;
    switch (one.do) {
      case 'open':
        if (!this.live) this.live = await openPurchase(this.machine.id, one.buyer, this.now);
        return;
      case 'take': {
        const barcode = this.barcode(one.meal);
        if (this.out.has(barcode)) return;
        this.out.add(barcode);
        if (this.live) this.live.held.add(barcode);
        else {
          this.gone.set(barcode, this.now);
          if (this.meals[one.meal]?.isReadable) this.goneTimes += 1;
        }
        return this.tell(one.meal, 'taken');
      }
      case 'return': {
        const barcode = this.barcode(one.meal);
        const isHeld = this.live ? this.live.held.delete(barcode) : this.gone.delete(barcode);
        if (!isHeld) return;
        this.out.delete(barcode);
        return this.tell(one.meal, 'returned');
      }
      case 'touch':
        return this.out.has(this.barcode(one.meal)) ? undefined : this.tell(one.meal, 'touched');
      case 'close':
        return this.close();
      case 'settle':
        return this.settle();
      case 'again':
        return this.echo();
    }
  }

  async finish(): Promise<readonly Purchase[]> {
    await this.close();
    await this.settle();
    return this.ended;
  }

  /** The device repeats itself: in the same words, and, of what was a purchase, under another name. */
  private async echo(): Promise<void> {
    const last = this.told.slice(-3).filter(({ event }) => !this.unsent.includes(event));
    await takeEvents(
      this.machine,
      last.map(({ event }) => event),
      parts,
    );
    for (const { event, isBought } of this.told.slice(-3)) {
      this.echoes += 1;
      if (isBought) await takeEvents(this.machine, [{ ...event, id: `echo-${this.echoes}` }], parts);
    }
  }

  private async tell(meal: number, action: MealEvent['action']): Promise<void> {
    if (!this.meals[meal]?.isReadable) return;
    const event: MealEvent = { barcode: this.barcode(meal), action, at: this.now, id: null };
    this.told.push({ event, isBought: this.live !== undefined });
    // A device that was away tells everything at the end, last first.
    if (this.isSlow && this.live) this.unsent.unshift(event);
    else await takeEvents(this.machine, [event], parts);
  }

  private async close(): Promise<void> {
    if (!this.live) return;
    this.now += 60_000;
    if (this.unsent.length > 0) await takeEvents(this.machine, this.unsent.splice(0), parts);
    await closePurchase(this.live, this.skusOf(this.live), this.now);
    this.ended.push(this.live);
    this.waiting.push(this.live);
    this.live = undefined;
  }

  private async settle(): Promise<void> {
    for (const { id, held } of this.waiting.splice(0)) {
      if (held.size === 0) await createCheckEmptyHandler(parts)({ id, data: { transactionId: id } });
      else {
        const amount = 0;
        const { data } = allocateJob({ transactionId: id, state: 'completed', amount, currency: 'EUR' });
        for (let time = 0; time < 2; time += 1) await createAllocateHandler(parts)({ id, data: { ...data } });
        const sent = await database.sql.rows<{ data: Record<string, unknown> }>(
          `update pgboss.job set state = 'completed' where name = 'meals.compensate' and data ->> 'transactionId' = $1 returning data`,
          [id],
        );
        for (const job of [...sent, ...sent]) await createCompensateHandler(parts)({ id, ...job });
      }
    }
  }

  skusOf({ held }: Purchase): string[] {
    return this.meals.flatMap(({ sku }, n) => (held.has(this.barcode(n)) ? [sku] : []));
  }
}

async function openPurchase(machine: number, buyer: string | null, now: number): Promise<Purchase> {
  const id = newDocumentId();
  const [row] = await database.sql.rows<{ id: number }>(
    `with made as (
       insert into transactions (document_id, ref, state, door, authorized_amount, currency, payment_state, payment_provider,
         active_machine, fence, revision, deadline_at, door_requested_at, requested_at, created_at, updated_at, published_at)
       values ($1::text, $1::text, 'open', 'unlocked', 100000, 'EUR', 'recorded', 'stripe', $2::int, 1, 1, now(), $4::timestamp, $4::timestamp, now(), now(), now())
       returning id),
     at as (insert into transactions_machine_lnk (transaction_id, machine_id) select id, $2::int from made),
     by as (insert into transactions_user_lnk (transaction_id, user_id) select made.id, u.id from made, up_users u where u.customer_id = $3)
     select id from made`,
    [id, machine, buyer, new Date(now).toISOString()],
  );
  return { id, row: row?.id ?? 0, buyer, openedAt: now, held: new Set() };
}

async function closePurchase({ row }: Purchase, skus: readonly string[], now: number): Promise<void> {
  const total = skus.reduce((sum, sku) => sum + (PRICES[sku] ?? 0), 0);
  await database.sql.rows(
    `update transactions set state = $2, active_machine = null, deadline_at = null, closed_at = $3::timestamp, completed_at = $3::timestamp, total_amount = $4
     where id = $1`,
    [row, skus.length > 0 ? 'completed' : 'empty', new Date(now).toISOString(), total],
  );
  await database.sql.rows(
    `with made as (
       insert into transaction_lines (document_id, sku, name, kind, quantity, unit_amount, amount, currency, created_at, updated_at, published_at)
       select 'line-' || $1::int || '-' || sku, sku, sku, 'sale', count(*), price, count(*) * price, 'EUR', now(), now(), now()
       from unnest($2::text[], $3::int[]) x(sku, price) group by sku, price returning id)
     insert into transaction_lines_transaction_lnk (line_id, transaction_id) select id, $1::int from made`,
    [row, skus, skus.map((sku) => PRICES[sku])],
  );
}

async function newFridge(meals: Scene, isSlow: boolean): Promise<{ fridge: Fridge; documentId: string }> {
  const documentId = newDocumentId();
  const [row] = await database.sql.rows<{ id: number }>(
    `insert into machines (document_id, label, vendor_id, driver, sales_locked, theft_percent, created_at, updated_at, published_at)
     values ($1::text, $1::text, $1::text, 'vendron', false, $2, now(), now(), now()) returning id`,
    [documentId, PERCENT],
  );
  await stockMeals(
    database.sql,
    documentId,
    meals.map(({ sku, reservedFor }, n) => ({
      barcode: `${documentId}-${n}`,
      sku,
      expiresIn: 9 + n,
      ...(reservedFor !== undefined && { reservedFor }),
    })),
  );
  await database.sql.rows(
    `update meals set stocked_at = now() - interval '2 days' where barcode like $1::text || '-%'`,
    [documentId],
  );
  return { fridge: new Fridge({ id: row?.id ?? 0, documentId }, meals, isSlow), documentId };
}

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
        const { fridge, documentId } = await newFridge(meals, isSlow);
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
        const { fridge } = await newFridge(meals, isSlow);
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
