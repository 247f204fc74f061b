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

/** A text that somebody else wrote: escaped, without formatting, and nothing in it mentions or links. 500 characters at most. */
export function defuse(text: string): string {
  const cut = text.length > 500 ? `${text.slice(0, 499)}…` : text;
  const plain = cut
    .replace(/[\u0000-\u001f\u007f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]+/g, ' ')
    .replace(/[`*_~|]/g, "'")
    .replace(/[@#]/g, (sign) => sign + ZERO_WIDTH_SPACE)
    .replace(/:(?=\/\/|\w)/g, `:${ZERO_WIDTH_SPACE}`)
    .replace(/(?<=\w)\.(?=\w)/g, `.${ZERO_WIDTH_SPACE}`);
  return escape(plain);
}

/** Somebody else's identifier, shown so that it can be copied as it is: in Slack's inline code. 120 characters at most. */
export function code(text: string): string {
  return `\`${escape(text.replaceAll('`', "'").slice(0, 120))}\``;
}
