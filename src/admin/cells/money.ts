import { exponentOf } from '../../shared/money';

/** Minor units as people write them in a language: 2550 EUR is "€25.50" or "25,50 €". Empty for what is no amount. */
export function formatMoney(amount: unknown, currency: unknown, language: string): string {
  if (typeof amount !== 'number') return '';
  if (typeof currency !== 'string' || !/^[A-Z]{3}$/.test(currency)) return String(amount);
  const format = new Intl.NumberFormat(language, { style: 'currency', currency });
  return format.format(amount / 10 ** exponentOf(currency));
}
