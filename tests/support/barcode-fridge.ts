/** A fridge with barcodes as it really is, whose doings are drawn by fast-check: what Larder makes of them is compared with it. */
import fc from 'fast-check';
import { allocateJob, createAllocateHandler } from '../../src/plugins/meals/server/src/allocate/allocate';
import type { MealsParts } from '../../src/plugins/meals/server/src/core/parts';
import { createCheckEmptyHandler } from '../../src/plugins/meals/server/src/device/check-empty';
import type { MealEvent } from '../../src/plugins/meals/server/src/device/facts';
import { takeEvents } from '../../src/plugins/meals/server/src/device/take-events';
import { createCompensateHandler } from '../../src/plugins/meals/server/src/theft/compensate';
import { newDocumentId } from '../../src/shared/ids';
import type { Sql } from '../../src/shared/sql';
import { stockMeals } from './stock';

/** The products in these fridges. */
export const PRICES: Readonly<Record<string, number>> = { A: 500, B: 900 };
/** What a stolen meal costs, of its price. */
export const PERCENT = 200;
const MEALS = 5;

/** The meals that a fridge begins with. */
export const scene = fc.array(
  fc.record({
    sku: fc.constantFrom('A', 'B'),
    reservedFor: fc.constantFrom(undefined, 'ada', 'bob'),
    /** Its label cannot be read: the device says nothing of it. */
    isReadable: fc.boolean(),
  }),
  { minLength: MEALS, maxLength: MEALS },
);
/** One thing that somebody does, or the device. */
export const step = fc.oneof(
  { weight: 2, arbitrary: fc.record({ do: fc.constant('open' as const), buyer: fc.constantFrom('ada', 'bob', null) }) },
  { weight: 6, arbitrary: fc.record({ do: fc.constant('take' as const), meal: fc.nat({ max: MEALS - 1 }) }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('return' as const), meal: fc.nat({ max: MEALS - 1 }) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('touch' as const), meal: fc.nat({ max: MEALS - 1 }) }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('close' as const) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('settle' as const) }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('again' as const) }) },
);
export type Step = typeof step extends fc.Arbitrary<infer Value> ? Value : never;
export type Scene = typeof scene extends fc.Arbitrary<infer Value> ? Value : never;

export interface Purchase {
  readonly id: string;
  readonly row: number;
  readonly buyer: string | null;
  readonly openedAt: number;
  /** Barcodes in hand. */
  readonly held: Set<string>;
}

/** The fridge as it really is: who holds what. Its clock goes a minute a step. */
export class Fridge {
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
    private readonly parts: MealsParts,
    private readonly machine: { id: number; documentId: string },
    private readonly meals: Scene,
    private readonly isSlow: boolean,
  ) {}

  barcode = (n: number) => `${this.machine.documentId}-${n}`;

  async do(one: Step): Promise<void> {
    this.now += 60_000;
    switch (one.do) {
      case 'open':
        if (!this.live) this.live = await openPurchase(this.parts.database, this.machine.id, one.buyer, this.now);
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
      this.parts,
    );
    for (const { event, isBought } of this.told.slice(-3)) {
      this.echoes += 1;
      if (isBought) await takeEvents(this.machine, [{ ...event, id: `echo-${this.echoes}` }], this.parts);
    }
  }

  private async tell(meal: number, action: MealEvent['action']): Promise<void> {
    if (!this.meals[meal]?.isReadable) return;
    const event: MealEvent = { barcode: this.barcode(meal), action, at: this.now, id: null };
    this.told.push({ event, isBought: this.live !== undefined });
    // A device that was away tells everything at the end, last first.
    if (this.isSlow && this.live) this.unsent.unshift(event);
    else await takeEvents(this.machine, [event], this.parts);
  }

  private async close(): Promise<void> {
    if (!this.live) return;
    this.now += 60_000;
    if (this.unsent.length > 0) await takeEvents(this.machine, this.unsent.splice(0), this.parts);
    await closePurchase(this.parts.database, this.live, this.skusOf(this.live), this.now);
    this.ended.push(this.live);
    this.waiting.push(this.live);
    this.live = undefined;
  }

  private async settle(): Promise<void> {
    for (const { id, held } of this.waiting.splice(0)) {
      if (held.size === 0) await createCheckEmptyHandler(this.parts)({ id, data: { transactionId: id } });
      else {
        const amount = 0;
        const { data } = allocateJob({ transactionId: id, state: 'completed', amount, currency: 'EUR' });
        for (let time = 0; time < 2; time += 1) await createAllocateHandler(this.parts)({ id, data: { ...data } });
        const sent = await this.parts.database.rows<{ data: Record<string, unknown> }>(
          `update pgboss.job set state = 'completed' where name = 'meals.compensate' and data ->> 'transactionId' = $1 returning data`,
          [id],
        );
        for (const job of [...sent, ...sent]) await createCompensateHandler(this.parts)({ id, ...job });
      }
    }
  }

  skusOf({ held }: Purchase): string[] {
    return this.meals.flatMap(({ sku }, n) => (held.has(this.barcode(n)) ? [sku] : []));
  }
}

async function openPurchase(sql: Sql, machine: number, buyer: string | null, now: number): Promise<Purchase> {
  const id = newDocumentId();
  const [row] = await sql.rows<{ id: number }>(
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

async function closePurchase(sql: Sql, { row }: Purchase, skus: readonly string[], now: number): Promise<void> {
  const total = skus.reduce((sum, sku) => sum + (PRICES[sku] ?? 0), 0);
  await sql.rows(
    `update transactions set state = $2, active_machine = null, deadline_at = null, closed_at = $3::timestamp, completed_at = $3::timestamp, total_amount = $4
     where id = $1`,
    [row, skus.length > 0 ? 'completed' : 'empty', new Date(now).toISOString(), total],
  );
  await sql.rows(
    `with made as (
       insert into transaction_lines (document_id, sku, name, kind, quantity, unit_amount, amount, currency, created_at, updated_at, published_at)
       select 'line-' || $1::int || '-' || sku, sku, sku, 'sale', count(*), price, count(*) * price, 'EUR', now(), now(), now()
       from unnest($2::text[], $3::int[]) x(sku, price) group by sku, price returning id)
     insert into transaction_lines_transaction_lnk (line_id, transaction_id) select id, $1::int from made`,
    [row, skus, skus.map((sku) => PRICES[sku])],
  );
}

/**
 * A fridge with these meals in it, in Larder's books too.
 * @param isSlow its device tells of a purchase when the door is closed, last things first.
 */
export async function newBarcodeFridge(
  parts: MealsParts,
  meals: Scene,
  isSlow: boolean,
): Promise<{ fridge: Fridge; documentId: string }> {
  const { database: sql } = parts;
  const documentId = newDocumentId();
  const [row] = await sql.rows<{ id: number }>(
    `insert into machines (document_id, label, vendor_id, driver, sales_locked, theft_percent, created_at, updated_at, published_at)
     values ($1::text, $1::text, $1::text, 'vendron', false, $2, now(), now(), now()) returning id`,
    [documentId, PERCENT],
  );
  await stockMeals(
    sql,
    documentId,
    meals.map(({ sku, reservedFor }, n) => ({
      barcode: `${documentId}-${n}`,
      sku,
      expiresIn: 9 + n,
      ...(reservedFor !== undefined && { reservedFor }),
    })),
  );
  await sql.rows(`update meals set stocked_at = now() - interval '2 days' where barcode like $1::text || '-%'`, [
    documentId,
  ]);
  return { fridge: new Fridge(parts, { id: row?.id ?? 0, documentId }, meals, isSlow), documentId };
}
