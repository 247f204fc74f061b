/** How much of a purchase can still be given back, and what a choice of lines comes to. */
import type { LineKind, Refund, RefundLine } from '../core/refund';
import type { BoughtLine } from '../store/bought-lines';
import type { LockedPayment } from '../store/lock-payment';

/** A line, with how many of it nobody was given money back for yet. */
export interface RefundableLine extends BoughtLine {
  readonly left: number;
}

const counts = ({ state }: Refund) => state !== 'failed';

/** In minor units. What a bank has withdrawn in a dispute cannot be given back a second time. */
export function refundableAmount(payment: LockedPayment, refunds: readonly Refund[]): number {
  if (!payment.isCaptured) return 0;
  const given = refunds.filter(counts).reduce((sum, { amount }) => sum + amount, 0);
  return Math.max(0, payment.capturedAmount - given - payment.disputedAmount);
}

export function refundableLines(bought: readonly BoughtLine[], refunds: readonly Refund[]): RefundableLine[] {
  const given = refunds.filter(counts).flatMap(({ lines }) => lines ?? []);
  return bought.map((line) => {
    const back = given.filter((one) => isSame(one, line)).reduce((sum, { quantity }) => sum + quantity, 0);
    return { ...line, left: Math.max(0, line.quantity - back) };
  });
}

const isSame = (one: Pick<BoughtLine, 'sku' | 'kind'>, other: Pick<BoughtLine, 'sku' | 'kind'>) =>
  one.sku === other.sku && one.kind === other.kind;

export interface WantedLine {
  readonly sku: string;
  readonly quantity: number;
  /** Needed where the product was paid for in two ways. */
  readonly kind?: LineKind | undefined;
}

/** `index` is its place in what was wanted. */
export type Chosen =
  | { readonly kind: 'chosen'; readonly lines: readonly RefundLine[]; readonly amount: number }
  /** More of a line than was bought and not refunded yet. */
  | { readonly kind: 'too_many'; readonly index: number; readonly left: number }
  /** The product was paid for in these ways, and it is not said which is meant. */
  | { readonly kind: 'ambiguous'; readonly index: number; readonly kinds: readonly LineKind[] };

/** Prices a choice of lines as they were sold. Without a kind the one line is meant that something was paid for. */
export function chooseLines(wanted: readonly WantedLine[], lines: readonly RefundableLine[]): Chosen {
  const chosen: RefundLine[] = [];
  for (const [index, { sku, kind, quantity }] of wanted.entries()) {
    const ofProduct = lines.filter((one) => one.sku === sku && (kind === undefined || one.kind === kind));
    const paid = ofProduct.filter(({ unitAmount }) => unitAmount > 0);
    if (paid.length > 1) return { kind: 'ambiguous', index, kinds: paid.map((one) => one.kind) };
    const line = paid[0] ?? ofProduct[0];
    // The same line may be named twice: by its product alone, and by its kind too.
    const named = chosen.reduce((sum, one) => sum + (line && isSame(one, line) ? one.quantity : 0), 0);
    const left = (line?.left ?? 0) - named;
    if (!line || quantity > left) return { kind: 'too_many', index, left };
    chosen.push({ sku, kind: line.kind, quantity, unitAmount: line.unitAmount, amount: line.unitAmount * quantity });
  }
  return { kind: 'chosen', lines: chosen, amount: chosen.reduce((sum, { amount }) => sum + amount, 0) };
}
