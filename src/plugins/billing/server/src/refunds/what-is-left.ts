/** How much of a purchase can still be given back, and what a choice of lines comes to. */
import type { Refund, RefundLine } from '../core/refund';
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
    const back = given.filter(({ sku }) => sku === line.sku).reduce((sum, { quantity }) => sum + quantity, 0);
    return { ...line, left: Math.max(0, line.quantity - back) };
  });
}

export interface WantedLine {
  readonly sku: string;
  readonly quantity: number;
}

export type Chosen =
  | { readonly kind: 'chosen'; readonly lines: readonly RefundLine[]; readonly amount: number }
  /** More of a line than was bought and not refunded yet; `index` is its place in what was wanted. */
  | { readonly kind: 'too_many'; readonly index: number; readonly left: number };

/** Prices a choice of lines as they were sold. */
export function chooseLines(wanted: readonly WantedLine[], lines: readonly RefundableLine[]): Chosen {
  const chosen: RefundLine[] = [];
  for (const [index, { sku, quantity }] of wanted.entries()) {
    const line = lines.find((one) => one.sku === sku);
    const left = line?.left ?? 0;
    if (!line || quantity > left) return { kind: 'too_many', index, left };
    chosen.push({ sku, quantity, unitAmount: line.unitAmount, amount: line.unitAmount * quantity });
  }
  return { kind: 'chosen', lines: chosen, amount: chosen.reduce((sum, { amount }) => sum + amount, 0) };
}
