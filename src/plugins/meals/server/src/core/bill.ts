/** What a purchase costs once it is known which meals went: the customer's own are collected, another's has its price. */
import type { Taken } from './meal';

/** A line as it was priced from the catalogue when the door opened. */
export interface PricedLine {
  readonly sku: string;
  readonly name: string;
  readonly quantity: number;
  readonly unitAmount: number;
  readonly currency: string;
  readonly vendorUnitAmount: number | null;
}

export type LineKind = 'sale' | 'collected' | 'theft';

export interface BilledLine extends PricedLine {
  readonly kind: LineKind;
  readonly amount: number;
}

export interface Terms {
  /** What a subscription pays for. */
  readonly covered: { has(one: Taken): boolean };
  /** What a meal costs whoever took it from its owner, from its price in the catalogue; minor units. */
  theftPrice(unitAmount: number): number;
}

export interface Bill {
  readonly lines: readonly BilledLine[];
  /** Minor units. */
  readonly total: number;
  /** Whether it is unlike what the catalogue alone said. */
  readonly isChanged: boolean;
}

/** @param taken of these lines, as `allocate` found it: each line's quantity in all. */
export function billOf(lines: readonly PricedLine[], taken: readonly Taken[], terms: Terms): Bill {
  const billed = lines.flatMap((line) => {
    const kinds = taken.filter(({ sku }) => sku === line.sku).map((one) => kindOf(one, terms));
    return (['sale', 'collected', 'theft'] as const).flatMap((kind): BilledLine[] => {
      const quantity = kinds.filter((one) => one === kind).length;
      if (quantity === 0) return [];
      const unitAmount = unitAmountOf(kind, line, terms);
      return [{ ...line, kind, quantity, unitAmount, amount: unitAmount * quantity }];
    });
  });
  return {
    lines: billed,
    total: billed.reduce((sum, { amount }) => sum + amount, 0),
    isChanged: billed.some(({ kind }) => kind !== 'sale'),
  };
}

function kindOf(one: Taken, { covered }: Terms): LineKind {
  // Nobody is called a thief because of a conclusion: only what the fridge saw is.
  if (one.as === 'reserved') return one.isReported ? 'theft' : 'sale';
  return covered.has(one) ? 'collected' : 'sale';
}

function unitAmountOf(kind: LineKind, { unitAmount }: PricedLine, { theftPrice }: Terms): number {
  if (kind === 'collected') return 0;
  return kind === 'theft' ? theftPrice(unitAmount) : unitAmount;
}
