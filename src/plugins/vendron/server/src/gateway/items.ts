/** The product lists of the wire. Prices and names are evidence, taken as text; only `vpn` must be there. */
import type { VendorItem } from '../../../../purchases/server/src/ports';
import { asObject, asText } from './wire-values';

/**
 * The items of a list as the wire wrote it, or null where there is no list or one of its entries names no product: half
 * a basket is worse than none. An empty list is an empty basket.
 */
export function readItems(list: unknown): readonly VendorItem[] | null {
  if (!Array.isArray(list)) return null;
  const items: VendorItem[] = [];
  for (const entry of list) {
    const product = asObject(entry);
    const sku = asText(product?.['vpn'], 255);
    if (!product || sku === null) return null;
    items.push({ sku, name: asText(product['name'], 255), unitPrice: asText(product['unit_price'], 64) });
  }
  return items;
}
