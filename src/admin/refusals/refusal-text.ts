/** As much of an error as the panel's client hands over: the server's `error`, or what became of the connection. */
export interface Refused {
  readonly message?: string;
  readonly details?: unknown;
}

/** react-intl's `formatMessage`. */
type Say = (text: { id: string; defaultMessage: string }, values?: Record<string, string>) => string;

/**
 * Why the server did not do it, in the language of the panel: the text of its `details.code`, with the details as values.
 * A code without a text (tests see to it that Larder's have one) leaves the server's own English words.
 */
export function refusalText({ message, details }: Refused, say: Say): string {
  const given = details !== null && typeof details === 'object' ? (details as Record<string, unknown>) : {};
  if (typeof given.code !== 'string') {
    return say({ id: 'larder.refusal.unreachable', defaultMessage: 'Larder could not be reached.' });
  }
  const values = Object.entries(given).flatMap(([name, value]): [string, string][] => {
    if (Array.isArray(value)) return [[name, value.join(', ')]];
    if (typeof value !== 'string' && typeof value !== 'number') return [];
    // A state has a word of its own in each language.
    return [[name, name === 'state' ? say({ id: String(value), defaultMessage: String(value) }) : String(value)]];
  });
  return say({ id: `larder.refusal.${given.code}`, defaultMessage: message ?? given.code }, Object.fromEntries(values));
}
