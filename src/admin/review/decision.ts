/** What a person says was taken in a purchase under review. */

/** As much as the server accepts of one product, and products in one decision. */
export const MOST = 100;

export interface Taken {
  readonly sku: string;
  readonly name: string;
  readonly quantity: number;
}

/** A product of the catalogue. */
export interface Product {
  readonly sku: string;
  readonly name: string;
  /** Minor units. */
  readonly unitAmount: number;
}

/** The fridge's last list, where two of one product are two entries, as products with quantities. */
export function takenFrom(basket: unknown): Taken[] {
  return entriesOf(basket).reduce<Taken[]>((taken, entry) => {
    const { sku, name } = Object(entry) as { sku?: unknown; name?: unknown };
    if (typeof sku !== 'string') return taken;
    return withOneMore(taken, { sku, name: typeof name === 'string' && name !== '' ? name : sku });
  }, []);
}

/** A form holds JSON as text, an answer of the API as a value. */
function entriesOf(basket: unknown): readonly unknown[] {
  if (Array.isArray(basket)) return basket;
  if (typeof basket !== 'string') return [];
  try {
    const value: unknown = JSON.parse(basket);
    return Array.isArray(value) ? value : [];
  } catch {
    return [];
  }
}

/** With one more of a product, at the end where it is new. */
export function withOneMore(taken: readonly Taken[], { sku, name }: Pick<Product, 'sku' | 'name'>): Taken[] {
  const known = taken.find((one) => one.sku === sku);
  return known ? withQuantity(taken, sku, known.quantity + 1) : [...taken, { sku, name, quantity: 1 }];
}

/** With so many of a product, between one and {@link MOST}. */
export function withQuantity(taken: readonly Taken[], sku: string, quantity: number): Taken[] {
  const allowed = Math.min(Math.max(quantity, 1), MOST);
  return taken.map((one) => (one.sku === sku ? { ...one, quantity: allowed } : one));
}

export function without(taken: readonly Taken[], sku: string): Taken[] {
  return taken.filter((one) => one.sku !== sku);
}

/** What it comes to at the catalogue's prices, in minor units. What the catalogue does not know counts nothing. */
export function estimate(taken: readonly Taken[], catalogue: ReadonlyMap<string, Product>): number {
  return taken.reduce((sum, { sku, quantity }) => sum + quantity * (catalogue.get(sku)?.unitAmount ?? 0), 0);
}
