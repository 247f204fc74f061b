/**
 * What Larder itself says about a payment, one template a code. It is stored as English text, beside what Stripe says in its
 * own words; the panel knows by these templates which is which, and says Larder's in the language of whoever looks.
 */
export const MONEY_MESSAGES = {
  debt_outstanding: 'Something from an earlier purchase is still to be paid.',
  card_declined: 'The card was declined.',
  card_missing: 'No card is saved.',
  intent_unknown: 'There is no such payment intent.',
  intent_not_authorized: 'The payment intent is {status}: nothing is held.',
  intent_currency: 'The payment intent is in {currency}.',
  intent_amount: 'The payment intent holds less than the amount named.',
  intent_customer: 'The payment intent belongs to another customer.',
  hold_unknown: 'Stripe does not know the hold any more.',
  hold_lapsed: 'The hold lapsed before it could be charged.',
  hold_cancelled: 'The hold was cancelled at Stripe before it could be charged.',
  hold_cancelled_early: 'The hold was cancelled at Stripe while its purchase goes on.',
  charged_early: 'The hold was charged at Stripe before it was known what is due.',
  charged_undue: 'Nothing was due, but the hold was charged at Stripe.',
  charged_released: 'The hold was charged at Stripe after it was released.',
  charged_beside: 'The intent {intent} was charged at Stripe beside the payment it was made for.',
  charged_more: 'Stripe captured {charged} where {due} was due.',
  debts_closed: '{amount} were paid for debts that were no longer open (payment {payment}). Please refund them.',
} as const;

export type MoneyMessageCode = keyof typeof MONEY_MESSAGES;

/** What stands in the braces of a template. */
type Facts<Text extends string> = Text extends `${string}{${infer Name}}${infer Rest}` ? Name | Facts<Rest> : never;
type FactsOf<Code extends MoneyMessageCode> = Facts<(typeof MONEY_MESSAGES)[Code]>;

/** The text to store. */
export function moneyMessage<Code extends MoneyMessageCode>(
  code: Code,
  ...[facts]: [FactsOf<Code>] extends [never] ? [] : [Readonly<Record<FactsOf<Code>, string>>]
): string {
  return fillIn(MONEY_MESSAGES[code], facts ?? {});
}

/** A template with its braces filled in; what is not known stays as it is. */
export function fillIn(template: string, facts: Readonly<Record<string, string>>): string {
  return template.replace(/\{(\w+)\}/g, (brace, name: string) => facts[name] ?? brace);
}

export interface SaidOfMoney {
  readonly code: MoneyMessageCode;
  readonly facts: Readonly<Record<string, string>>;
}

/** Which message a stored text is; null for what somebody else wrote. */
export function readMoneyMessage(text: string): SaidOfMoney | null {
  for (const [code, pattern] of patterns) {
    const match = pattern.exec(text);
    if (match) return { code, facts: { ...match.groups } };
  }
  return null;
}

const patterns = (Object.entries(MONEY_MESSAGES) as [MoneyMessageCode, string][]).map(
  ([code, template]) => [code, patternOf(template)] as const,
);

function patternOf(template: string): RegExp {
  const literal = template.replace(/[.()]/g, '\\$&');
  return new RegExp(`^${literal.replace(/\{(\w+)\}/g, '(?<$1>.+)')}$`, 's');
}
