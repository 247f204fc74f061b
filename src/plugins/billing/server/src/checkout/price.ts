import type { FieldFault } from '../../../../../shared/http';
import { MAX_AMOUNT } from '../../../../../shared/money';
import type { CheckoutLine } from '../core/checkout';
import type { Product } from '../store/catalogue';

export interface Wanted {
  readonly sku: string;
  readonly quantity: number;
}

export interface Contents {
  readonly kind: 'contents';
  readonly lines: readonly CheckoutLine[];
  /** In minor units. */
  readonly amount: number;
  readonly currency: string;
}

export type Priced = Contents | { readonly kind: 'unfit'; readonly faults: readonly FieldFault[] };

/** Prices a basket from the catalogue. The first line's product says in which currency all of it is paid. */
export function priceBasket(basket: readonly Wanted[], catalogue: ReadonlyMap<string, Product>): Priced {
  const faults: FieldFault[] = [];
  const lines: CheckoutLine[] = [];
  const currency = basket.flatMap(({ sku }) => catalogue.get(sku)?.currency ?? [])[0] ?? '';
  for (const [index, { sku, quantity }] of basket.entries()) {
    const product = catalogue.get(sku);
    const field = `lines.${index}.sku`;
    if (!product) faults.push({ field, message: 'is not in the catalogue, or not sold at the moment' });
    else if (product.currency !== currency) {
      faults.push({ field, message: `is sold in ${product.currency}, and another line in ${currency}` });
    } else {
      const { name, unitAmount } = product;
      lines.push({ sku, name, quantity, unitAmount, amount: unitAmount * quantity, debtId: null });
    }
  }
  const amount = lines.reduce((sum, line) => sum + line.amount, 0);
  if (faults.length === 0 && amount === 0) faults.push({ field: 'lines', message: 'cost nothing' });
  if (amount > MAX_AMOUNT) faults.push({ field: 'lines', message: 'cost more than one payment can be' });
  return faults.length > 0 ? { kind: 'unfit', faults } : { kind: 'contents', lines, amount, currency };
}
