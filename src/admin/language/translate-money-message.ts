import { fromMajorText } from '../../shared/money';
import { fillIn, type MoneyMessageCode, readMoneyMessage } from '../../shared/money-messages';
import { formatMoney } from '../cells/money';
import french from '../translations/money-messages.fr.json';

/** A message without its translation does not compile. */
const words: Readonly<Record<MoneyMessageCode, string>> = french;

/** What a payment's message says in a language: Larder's in that language, Stripe's and the fridge's as they are. */
export function translateMoneyMessage(stored: string, language: string): string {
  const said = readMoneyMessage(stored);
  if (!said || language !== 'fr') return stored;
  const facts = Object.entries(said.facts).map(([name, fact]) => [name, inLanguage(fact, language)]);
  return fillIn(words[said.code], Object.fromEntries(facts) as Record<string, string>);
}

/** "25.50 EUR" as people write it; anything else stays. */
function inLanguage(fact: string, language: string): string {
  const [, major, currency] = /^(\S+) ([A-Z]{3})$/.exec(fact) ?? [];
  const amount = major && currency ? fromMajorText(major, currency) : null;
  return amount === null ? fact : formatMoney(amount, currency, language);
}
