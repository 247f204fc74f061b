/**
 * Text of others inside Slack's markup. https://docs.slack.dev/messaging/formatting-message-text: `&`, `<` and `>` are
 * its control characters; the rest of its formatting works on plain characters, and clients link what looks like an address.
 */

// Splits what a client would read as a mention or an address without changing what a person reads.
const ZERO_WIDTH_SPACE = '\u200b';

/** A text of our own on one line, with Slack's control characters escaped. */
export function escape(text: string): string {
  return text.replace(/\s+/g, ' ').trim().replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

/**
 * A text that somebody else wrote: escaped, without formatting, and nothing in it mentions or links. At most `max`
 * characters as Slack counts them, which is after escaping.
 */
export function defuse(text: string, max = 900): string {
  const plain = text
    .replace(/[\u0000-\u001f\u007f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]+/g, ' ')
    .replace(/[`*_~|]/g, "'")
    .replace(/[@#]/g, (sign) => sign + ZERO_WIDTH_SPACE)
    .replace(/:(?=\/\/|\w)/g, `:${ZERO_WIDTH_SPACE}`)
    .replace(/(?<=\w)\.(?=\w)/g, `.${ZERO_WIDTH_SPACE}`);
  return cut(escape(plain), max);
}

/** Somebody else's identifier, shown so that it can be copied as it is: in Slack's inline code. */
export function code(text: string): string {
  return `\`${cut(escape(text.replaceAll('`', "'")), 120)}\``;
}

/** Cuts an escaped text, never inside an escape or a character. */
function cut(escaped: string, max: number): string {
  if (escaped.length <= max) return escaped;
  return `${escaped.slice(0, max - 1).replace(/&[a-z]*$|[\ud800-\udbff]$/, '')}…`;
}
