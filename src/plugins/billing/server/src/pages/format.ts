/** Money, times and cards as people read them. */
import { exponentOf } from '../../../../../shared/money';
import type { Language } from '../../../../../shared/pages/language';

const LOCALES: Readonly<Record<Language, string>> = { en: 'en-GB', fr: 'fr-FR' };

/** @param amount in minor units. */
export function moneyText(amount: number, currency: string, language: Language): string {
  const format = new Intl.NumberFormat(LOCALES[language], { style: 'currency', currency });
  return format.format(amount / 10 ** exponentOf(currency));
}

/** Day and time where it happened, with the name of the zone. A zone that nobody knows is UTC. */
export function timeText(at: Date, timeZone: string | null, language: Language): string {
  const options = { day: 'numeric', month: 'long', year: 'numeric', hour: '2-digit', minute: '2-digit' } as const;
  const format = (zone: string) =>
    new Intl.DateTimeFormat(LOCALES[language], { ...options, timeZone: zone, timeZoneName: 'short' }).format(at);
  try {
    return format(timeZone ?? 'UTC');
  } catch {
    return format('UTC');
  }
}

export interface Card {
  readonly brand: string | null;
  readonly last4: string | null;
}

/** E.g. `Visa •••• 4242`; null where nothing is known. */
export function cardText({ brand, last4 }: Card): string | null {
  if (last4 === null) return null;
  const name = brand === null ? '' : `${brand.charAt(0).toUpperCase()}${brand.slice(1).replaceAll('_', ' ')} `;
  return `${name}•••• ${last4}`;
}
