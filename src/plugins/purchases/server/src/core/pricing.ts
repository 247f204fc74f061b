/**
 * What a customer pays: our own catalogue as it stood when the door opened. The vendor's prices and totals have been seen
 * to be wrong, so they are kept as evidence and compared, never charged.
 */
import { fromMajorText } from '../../../../../shared/money';
import type { VendorItem } from '../ports';

/** A catalogue entry as it stood at some moment. */
export interface Price {
  readonly sku: string;
  readonly name: string;
  readonly unitAmount: number;
  readonly currency: string;
}

export interface Line {
  readonly sku: string;
  readonly name: string;
  readonly quantity: number;
  /** Minor units; 0 where the catalogue knows no such product in this currency. */
  readonly unitAmount: number;
  readonly amount: number;
  readonly currency: string;
  /** What the vendor said one costs, in minor units, where that was readable. */
  readonly vendorUnitAmount: number | null;
}

export type Mismatch =
  | { readonly kind: 'unknown_product'; readonly sku: string }
  | { readonly kind: 'price'; readonly sku: string; readonly ours: number; readonly theirs: string | null }
  | { readonly kind: 'total'; readonly ours: number; readonly theirs: string };

export interface PricedBasket {
  readonly lines: readonly Line[];
  /** Minor units. */
  readonly total: number;
  readonly mismatches: readonly Mismatch[];
}

/**
 * Prices a final list.
 * @param vendorTotal the vendor's total as text in major units, or null where it named none.
 */
export function priceBasket(
  items: readonly VendorItem[],
  prices: ReadonlyMap<string, Price>,
  currency: string,
  vendorTotal: string | null,
): PricedBasket {
  const mismatches: Mismatch[] = [];
  const lines = [...groupBySku(items)].map(([sku, group]): Line => {
    const price = prices.get(sku);
    const known = price?.currency === currency ? price : undefined;
    if (!known) mismatches.push({ kind: 'unknown_product', sku });
    const unlike = group.find(
      (item) => known && item.unitPrice !== null && amountOf(item, currency) !== known.unitAmount,
    );
    if (known && unlike) mismatches.push({ kind: 'price', sku, ours: known.unitAmount, theirs: unlike.unitPrice });
    const first = group[0];
    const unitAmount = known?.unitAmount ?? 0;
    return {
      sku,
      name: known?.name ?? price?.name ?? first?.name ?? sku,
      quantity: group.length,
      unitAmount,
      amount: unitAmount * group.length,
      currency,
      vendorUnitAmount: first ? amountOf(first, currency) : null,
    };
  });
  const total = lines.reduce((sum, line) => sum + line.amount, 0);
  if (vendorTotal !== null && fromMajorText(vendorTotal, currency) !== total) {
    mismatches.push({ kind: 'total', ours: total, theirs: vendorTotal });
  }
  return { lines, total, mismatches };
}

function groupBySku(items: readonly VendorItem[]): Map<string, VendorItem[]> {
  const groups = new Map<string, VendorItem[]>();
  for (const item of items) {
    const group = groups.get(item.sku);
    if (group) group.push(item);
    else groups.set(item.sku, [item]);
  }
  return groups;
}

function amountOf(item: VendorItem, currency: string): number | null {
  return item.unitPrice === null ? null : fromMajorText(item.unitPrice, currency);
}
