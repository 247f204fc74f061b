/** What a person wants to give back of a purchase. */
import { fromMajorText } from '../../shared/money';

/** A line of the purchase. `unitAmount` in minor units; `left`: how many nobody was given money back for yet. */
export interface RefundableLine {
  readonly sku: string;
  /** Whether it was bought, collected against a subscription, or kept although it is somebody else's. */
  readonly kind: 'sale' | 'collected' | 'theft';
  readonly name: string;
  readonly quantity: number;
  readonly unitAmount: number;
  readonly left: number;
}

/** What the server says can still be given back, in minor units. */
export interface Refundable {
  readonly refundable: number;
  readonly currency: string;
  readonly lines: readonly RefundableLine[];
}

export interface RefundChoice {
  readonly kind: 'all' | 'lines' | 'amount';
  /** How many of each line, by {@link keyOf}. */
  readonly quantities: Readonly<Record<string, number>>;
  /** As it was typed, in major units. */
  readonly typed: string;
}

export type RefundBody =
  | { readonly amount: number }
  | { readonly lines: readonly (Pick<RefundableLine, 'sku' | 'kind'> & { readonly quantity: number })[] };

/** What tells a line from the others of its purchase. */
export function keyOf({ sku, kind }: Pick<RefundableLine, 'sku' | 'kind'>): string {
  return `${kind} ${sku}`;
}

export type Checked =
  | { readonly kind: 'fine'; readonly amount: number; readonly body: RefundBody }
  | { readonly kind: 'amount_wrong' | 'lines_missing' | 'lines_too_much' };

/** What a choice comes to and how it is sent, or what is wrong with it. */
export function checkChoice({ kind, quantities, typed }: RefundChoice, of: Refundable): Checked {
  if (kind === 'all') return { kind: 'fine', amount: of.refundable, body: { amount: of.refundable } };
  if (kind === 'amount') {
    const amount = fromMajorText(typed.replace(',', '.'), of.currency);
    const isFine = amount !== null && amount > 0 && amount <= of.refundable;
    return isFine ? { kind: 'fine', amount, body: { amount } } : { kind: 'amount_wrong' };
  }
  const lines = of.lines.flatMap((line) => {
    const quantity = quantities[keyOf(line)] ?? 0;
    return quantity > 0 ? [{ sku: line.sku, kind: line.kind, quantity }] : [];
  });
  if (lines.length === 0) return { kind: 'lines_missing' };
  const amount = sumOf(quantities, of);
  return amount > of.refundable ? { kind: 'lines_too_much' } : { kind: 'fine', amount, body: { lines } };
}

/** What the chosen products cost, in minor units. */
export function sumOf(quantities: RefundChoice['quantities'], { lines }: Pick<Refundable, 'lines'>): number {
  return lines.reduce((sum, line) => sum + (quantities[keyOf(line)] ?? 0) * line.unitAmount, 0);
}

/** One more or less of a product, between none and what is left. */
export function stepped(
  quantities: RefundChoice['quantities'],
  line: RefundableLine,
  by: 1 | -1,
): RefundChoice['quantities'] {
  const key = keyOf(line);
  return { ...quantities, [key]: Math.min(Math.max((quantities[key] ?? 0) + by, 0), line.left) };
}
