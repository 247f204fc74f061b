/**
 * A last net under the alerts: texts come from the vendor and from error messages, and an alert is read by many.
 * The rooms keep their own secrets out; this catches what looks like one all the same.
 */
const PATTERNS: readonly (readonly [RegExp, string])[] = [
  [/[\w.+-]+@[\w-]+(\.[\w-]+)+/g, '[e-mail]'],
  [/\b(bearer|basic)\s+[\w.~+/=-]{8,}/gi, '$1 [removed]'],
  [/\b(token|secret|password|api[_-]?key|authorization)(["']?\s*[:=]\s*["']?)[^\s"',;&]+/gi, '$1$2[removed]'],
  // Stripe and Slack name their keys: https://docs.stripe.com/keys, https://docs.slack.dev/authentication/tokens
  [/\b(sk|rk|pk|whsec|xox[a-z])[_-][\w-]{8,}/g, '[removed]'],
  [/\beyJ[\w-]+\.[\w-]+\.[\w-]*/g, '[removed]'],
  [/\b\d(?:[ -]?\d){12,18}\b/g, '[number]'],
  // Our own references have 22 and 24 characters, a UUID has 36.
  [/[\w+/=-]{40,}/g, '[removed]'],
];

/** The text without e-mail addresses, card-like numbers and anything that looks like a credential; 1000 characters at most. */
export function redact(text: string): string {
  // A card number or a token longer than the limit must not survive by being cut in half: redact first, then cut.
  const cleaned = PATTERNS.reduce((rest, [pattern, stand]) => rest.replace(pattern, stand), text.slice(0, 10_000));
  return cleaned.replaceAll('\0', '').slice(0, 1000);
}
