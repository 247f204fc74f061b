import { MONEY_MESSAGES, moneyMessage, readMoneyMessage } from '../../shared/money-messages';
import french from '../translations/money-messages.fr.json';
import { translateMoneyMessage } from './translate-money-message';

const codes = Object.keys(MONEY_MESSAGES) as (keyof typeof MONEY_MESSAGES)[];
const bracesIn = (text: string) => (text.match(/\{\w+\}/g) ?? []).sort();
/** As it might be stored. */
const storedAs = (code: keyof typeof MONEY_MESSAGES) => MONEY_MESSAGES[code].replace(/\{(\w+)\}/g, 'some $1');

it.each(codes)('%s is known again, and said in French with all that it names', (code) => {
  const facts = Object.fromEntries(
    bracesIn(MONEY_MESSAGES[code]).map((brace) => [brace.slice(1, -1), `some ${brace.slice(1, -1)}`]),
  );
  expect(readMoneyMessage(storedAs(code))).toEqual({ code, facts });
  expect(bracesIn(french[code])).toEqual(bracesIn(MONEY_MESSAGES[code]));
  const shown = translateMoneyMessage(storedAs(code), 'fr');
  for (const fact of Object.values(facts)) expect(shown).toContain(fact);
  expect(shown).not.toBe(storedAs(code));
  expect(translateMoneyMessage(storedAs(code), 'en')).toBe(storedAs(code));
});

it('writes amounts as people do', () => {
  const stored = moneyMessage('charged_more', { charged: '25.50 EUR', due: '7 EUR' });
  expect(stored).toBe('Stripe captured 25.50 EUR where 7 EUR was due.');
  expect(translateMoneyMessage(stored, 'fr').replace(/\s/g, ' ')).toBe(
    'Stripe a débité 25,50 € alors que 7,00 € était dû.',
  );
});

it.each([
  'Your card has insufficient funds.',
  'The card was declined. Try another.',
  'Hm. The hold lapsed before it could be charged.',
  '',
])('leaves the words of others: %j', (theirs) => {
  expect(readMoneyMessage(theirs)).toBeNull();
  expect(translateMoneyMessage(theirs, 'fr')).toBe(theirs);
});
