/**
 * Money: an integer in minor units with an ISO 4217 currency. The wire of the fridges speaks decimal text in major
 * units; this is the one place that converts.
 */
/** The largest amount a column holds (32 bits), in minor units. */
export const MAX_AMOUNT = 2_147_483_647;

const exponents = new Map<string, number>();

/** Digits after the point of a currency: 2 for EUR, 0 for JPY. Unknown codes count as 2. */
export function exponentOf(currency: string): number {
  let exponent = exponents.get(currency);
  if (exponent === undefined) {
    const format = new Intl.NumberFormat('en', { style: 'currency', currency });
    exponent = format.resolvedOptions().maximumFractionDigits ?? 2;
    exponents.set(currency, exponent);
  }
  return exponent;
}

/** Minor units as decimal text in major units, without needless zeros: 2500 EUR is "25", 2550 is "25.50". */
export function toMajorText(amount: number, currency: string): string {
  const exponent = exponentOf(currency);
  const text = (amount / 10 ** exponent).toFixed(exponent);
  return text.replace(/\.0+$/, '');
}

/**
 * Decimal text in major units as minor units, or null for anything that is not a plain, non-negative amount in that
 * currency ("1,60", "-1", "NaN", "1.234"), or for more than a column holds.
 */
export function fromMajorText(text: string, currency: string): number | null {
  const match = /^(\d{1,9})(?:\.(\d{1,6}))?$/.exec(text.trim());
  if (!match?.[1]) return null;
  const exponent = exponentOf(currency);
  const fraction = (match[2] ?? '').replace(/0+$/, '');
  if (fraction.length > exponent) return null;
  const amount = Number(match[1]) * 10 ** exponent + Number(fraction.padEnd(exponent, '0') || 0);
  return amount <= MAX_AMOUNT ? amount : null;
}
