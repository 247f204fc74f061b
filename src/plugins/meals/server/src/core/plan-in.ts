/** What comes into a machine: checked against what is known, and planned, before anything is written. */
import { dayEnd } from './day-end';
import type { Fault, FaultCode, Fridge, KnownMeal } from './restock';

export type Area = 'free_for_all' | 'subscription';

/** One meal by its barcode, or so many of a product that have none. What is null was not said. */
export interface ItemIn {
  readonly barcode: string | null;
  readonly sku: string | null;
  /** 1 for a meal. */
  readonly quantity: number;
  /** The lot's code. */
  readonly lot: string | null;
  /** A day (until its end in the machine's time zone), or a moment in milliseconds since the epoch. */
  readonly expiresAt: string | number | null;
  readonly area: Area | null;
  /** The front end's customer id. */
  readonly reservedFor: string | null;
  readonly labelName: string | null;
}

export interface KnownLot {
  readonly sku: string;
  readonly code: string;
  readonly isRecalled: boolean;
  readonly expiresAt: number | null;
}

/** What the database knows of the items. */
export interface KnownIn {
  readonly meals: ReadonlyMap<string, KnownMeal>;
  readonly skus: ReadonlySet<string>;
  readonly lots: readonly KnownLot[];
  /** Row ids by the front end's customer id. */
  readonly customers: ReadonlyMap<string, number>;
  /** Keys of movements that were made before. */
  readonly keys: ReadonlySet<string>;
  /** The database's clock, milliseconds since the epoch. */
  readonly now: number;
}

/** How movements are named, and what may come back. */
export interface InRules {
  readonly keyOf: (item: ItemIn, index: number) => string;
  /** Whether a meal that has left may come in again: the person who scans it holds it, a file does not. */
  readonly mayReturn: boolean;
}

/** One entry that is written. */
export interface StepIn {
  readonly index: number;
  readonly key: string;
  readonly barcode: string | null;
  readonly sku: string;
  readonly quantity: number;
  readonly lot: string | null;
  readonly expiresAt: number | null;
  readonly area: Area | null;
  /** A row id. */
  readonly reservedFor: number | null;
  readonly labelName: string | null;
  /** Null for a meal that was never seen before, and for a quantity. */
  readonly meal: KnownMeal | null;
  /** False where it stands here already and only says more of itself. */
  readonly isMoved: boolean;
}

export interface PlanIn {
  readonly steps: readonly StepIn[];
  readonly faults: readonly Fault[];
  /** Entries that change nothing in the stock. */
  readonly repeated: number;
}

/** Every entry is a step, repeated, or at fault; the good ones do not depend on the bad ones. */
export function planIn(items: readonly ItemIn[], fridge: Fridge, known: KnownIn, rules: InRules): PlanIn {
  const steps: StepIn[] = [];
  const faults: Fault[] = [];
  const firsts = new Map<string, string>();
  const lots = new Map(known.lots.map((lot) => [JSON.stringify([lot.sku, lot.code]), lot]));
  let repeated = 0;
  items.forEach((item, index) => {
    const said = JSON.stringify(item);
    const first = item.barcode === null ? undefined : firsts.get(item.barcode);
    if (first !== undefined) {
      if (first === said) repeated += 1;
      else faults.push({ index, field: 'barcode', code: 'duplicate', message: 'is named twice, with other details' });
      return;
    }
    if (item.barcode !== null) firsts.set(item.barcode, said);
    const key = rules.keyOf(item, index);
    const meal = item.barcode === null ? null : (known.meals.get(item.barcode) ?? null);
    const isHere = meal?.machine?.id === fridge.id;
    if (known.keys.has(key) && !isHere) return void (repeated += 1);

    const sku = item.sku ?? meal?.sku ?? null;
    const lot = lots.get(JSON.stringify([sku, item.lot]));
    const given = typeof item.expiresAt === 'string' ? dayEnd(item.expiresAt, fridge.timeZone) : item.expiresAt;
    const expiresAt = given ?? (meal ? null : (lot?.expiresAt ?? null));
    const fault = faultOf({ item, meal, isHere, sku, lot, given, expiresAt }, known, rules);
    if (fault) {
      const [field, code, message] = fault;
      faults.push({ index, field, code, message });
      return;
    }
    if (sku === null) throw new Error('An item without a product passed its check.');
    if (isHere) repeated += 1;
    steps.push({
      index,
      key,
      barcode: item.barcode,
      sku,
      quantity: item.quantity,
      lot: item.lot,
      expiresAt,
      area: item.area ?? (item.reservedFor === null ? null : 'subscription'),
      reservedFor: item.reservedFor === null ? null : (known.customers.get(item.reservedFor) ?? null),
      labelName: item.labelName,
      meal,
      isMoved: !isHere,
    });
  });
  return { steps, faults, repeated };
}

interface Look {
  readonly item: ItemIn;
  readonly meal: KnownMeal | null;
  readonly isHere: boolean;
  readonly sku: string | null;
  readonly lot: KnownLot | undefined;
  readonly given: number | null;
  readonly expiresAt: number | null;
}

type Found = readonly [field: string, code: FaultCode, message: string];

function faultOf(
  { item, meal, isHere, sku, lot, given, expiresAt }: Look,
  known: KnownIn,
  rules: InRules,
): Found | null {
  if (sku === null) return ['sku', 'unknown_barcode', 'is needed: this barcode is not known yet'];
  if (meal && meal.sku !== sku) return ['sku', 'other_product', `must be ${meal.sku}, as this barcode is known`];
  if (!meal && !known.skus.has(sku)) return ['sku', 'unknown_product', 'is no product of the catalogue'];
  if (meal && !isHere && (meal.state === 'spoiled' || meal.state === 'recalled')) {
    return ['barcode', 'spoiled', `was taken out as ${meal.state}`];
  }
  if (meal && !meal.machine && !rules.mayReturn) {
    return ['barcode', 'already_left', `has been in a machine, and is ${meal.state} now`];
  }
  if (lot?.isRecalled) return ['lot', 'recalled', 'is recalled'];
  if (meal?.isLotRecalled && !isHere) return ['barcode', 'recalled', 'is of a lot that is recalled'];
  if (item.reservedFor !== null && !known.customers.has(item.reservedFor)) {
    return ['reservedFor', 'unknown_customer', 'is no customer'];
  }
  if (item.area === 'free_for_all' && item.reservedFor !== null) {
    return ['area', 'invalid', 'must be subscription for a meal with a customer'];
  }
  if (item.area === 'subscription' && item.reservedFor === null && !meal?.isReserved) {
    return ['reservedFor', 'invalid', 'is needed in the area subscription'];
  }
  const expiry = expiresAt ?? meal?.expiresAt ?? null;
  if ((!isHere || given !== null) && expiry !== null && expiry <= known.now) {
    return ['expiresAt', 'expired', 'is over'];
  }
  return null;
}
