import { cardText, moneyText, timeText } from './format';
import { languageOf } from '../../../../../shared/pages/language';
import { WORDS } from './words';

test.each([
  [undefined, '', 'en'],
  [undefined, 'fr', 'fr'],
  [undefined, 'fr-CA,fr;q=0.9,en;q=0.8', 'fr'],
  [undefined, 'en;q=0.5, fr;q=0.9', 'fr'],
  [undefined, 'de, en;q=0.2, fr;q=0.1', 'en'],
  [undefined, 'de', 'en'],
  [undefined, 'fr;q=0', 'en'],
  [undefined, 'fr;q=nonsense, en;q=0.1', 'en'],
  ['fr', 'en', 'fr'],
  ['en', 'fr', 'en'],
  ['de', 'fr', 'fr'],
  [['fr', 'en'], 'fr', 'fr'],
])('asked for %p, with the browser at %p, the page is in %p', (asked, accept, language) => {
  expect(languageOf(asked, accept)).toBe(language);
});

test('money is written as people write it, whatever its currency counts in', () => {
  expect(moneyText(1250, 'EUR', 'en')).toBe('€12.50');
  expect(moneyText(1250, 'EUR', 'fr').replace(/\s/g, ' ')).toBe('12,50 €');
  expect(moneyText(1250, 'JPY', 'en')).toBe('JP¥1,250');
  expect(moneyText(-290, 'EUR', 'en')).toBe('-€2.90');
});

test('a time is the one at the fridge; a zone that nobody knows is UTC', () => {
  const at = new Date('2026-07-03T01:30:00Z');
  expect(timeText(at, 'America/Montreal', 'en')).toContain('2 July 2026 at 21:30');
  expect(timeText(at, 'Europe/Paris', 'fr')).toContain('3 juillet 2026 à 03:30');
  expect(timeText(at, null, 'en')).toBe('3 July 2026 at 01:30 UTC');
  expect(timeText(at, 'Nowhere/Land', 'en')).toBe('3 July 2026 at 01:30 UTC');
});

test('a card is its brand and its last four', () => {
  expect(cardText({ brand: 'visa', last4: '4242' })).toBe('Visa •••• 4242');
  expect(cardText({ brand: 'cartes_bancaires', last4: '0001' })).toBe('Cartes bancaires •••• 0001');
  expect(cardText({ brand: null, last4: '4242' })).toBe('•••• 4242');
  expect(cardText({ brand: 'visa', last4: null })).toBeNull();
});

test('every word is said in both languages, and differently', () => {
  const same = new Set(['total']);
  for (const [name, english] of Object.entries(WORDS.en)) {
    const french = WORDS.fr[name as keyof typeof WORDS.fr];
    expect([name, typeof french]).toEqual([name, typeof english]);
    if (typeof english === 'string' && !same.has(name)) expect([name, french]).not.toEqual([name, english]);
  }
});
