/**
 * What came over the wire is made fit to be stored and shown: without the token, and without the two things PostgreSQL
 * refuses in text and jsonb, NUL characters and lone surrogates.
 */

/** Stands where the token stood. */
export const TOKEN_MARK = '[token]';

/** How much of a frame that could not be read is kept, in bytes. */
export const CUT_BYTES = 4096;

/** The beginning of a frame that could not be read, and how large the frame was. */
export interface CutFrame {
  readonly cut: string;
  readonly bytes: number;
}

export interface Scrubber {
  /** A text without NULs, lone surrogates and the token. */
  text(value: string): string;
  /**
   * Whether a JSON text holds nothing to scrub, so that its parsed value may be used as it is. Cheap, and false at the
   * first doubt: what JSON does not escape it cannot hide, and neither NULs nor lone surrogates stand in it unescaped.
   */
  isClean(json: string): boolean;
  /** A parsed JSON value with every text, key and number in it scrubbed. The value must not be nested without bound. */
  tree(value: unknown): unknown;
  /** The first 4 KiB of a text frame. */
  cutText(data: Buffer): CutFrame;
  /** The first 4 KiB of a binary frame, as base64. */
  cutBinary(data: Buffer): CutFrame;
}

// A set u flag makes \p{Surrogate} match only halves that lack their other half.
const UNSTORABLE = /[\0\p{Surrogate}]/gu;

/** The first `length` UTF-16 units of a text, one fewer where that would split a character in two. */
export function cutTo(text: string, length: number): string {
  if (text.length <= length) return text;
  const last = text.charCodeAt(length - 1);
  return text.slice(0, last >= 0xd800 && last <= 0xdbff ? length - 1 : length);
}

/** A scrubber for one token. An empty token hides nothing. */
export function createScrubber(token: string): Scrubber {
  const forms = writtenForms(token);
  const redact = createRedactor(forms);
  const redactBytes = createRedactor([Buffer.from(token).toString('latin1')].filter(Boolean));

  // NULs go first: "to\0ken" would be the token only once they are gone.
  const text = (value: string): string => redact(value.replace(UNSTORABLE, ''));

  const tree = (value: unknown): unknown => {
    if (typeof value === 'string') return text(value);
    if (typeof value === 'number') return redact(String(value)) === String(value) ? value : TOKEN_MARK;
    if (Array.isArray(value)) return value.map(tree);
    if (typeof value !== 'object' || value === null) return value;
    const copy = new Map<string, unknown>();
    for (const [key, inner] of Object.entries(value)) copy.set(text(key), tree(inner));
    // fromEntries defines properties, so that a key "__proto__" stays data.
    return Object.fromEntries(copy);
  };

  /** The first bytes of a frame as a text, and the token, where the cut went through it, not left in part either. */
  const cut = (data: Buffer, encoding: 'utf8' | 'latin1', clean: (seen: string) => string): string => {
    const seen = clean(data.subarray(0, CUT_BYTES).toString(encoding));
    return data.length > CUT_BYTES ? withoutTail(seen, forms) : seen;
  };

  return {
    text,
    isClean: (json) => !json.includes('\\') && redact(json) === json,
    tree,
    cutText: (data) => ({ cut: cut(data, 'utf8', text), bytes: data.length }),
    cutBinary(data) {
      const kept = Buffer.from(cut(data, 'latin1', redactBytes), 'latin1');
      return { cut: kept.toString('base64'), bytes: data.length };
    },
  };
}

/** The token as it stands in plain text and, where that differs, within a JSON string. */
function writtenForms(token: string): string[] {
  const escaped = JSON.stringify(token).slice(1, -1);
  return [...new Set([token, escaped, escaped.replaceAll('/', '\\/')])].filter(Boolean);
}

function createRedactor(forms: readonly string[]): (value: string) => string {
  return (value) => {
    for (const form of forms) if (value.includes(form)) value = value.replaceAll(form, TOKEN_MARK);
    return value;
  };
}

/** Drops from the end of a cut text whatever could be the beginning of the token. */
function withoutTail(text: string, forms: readonly string[]): string {
  for (const form of forms) {
    for (let length = Math.min(form.length - 1, text.length); length > 0; length -= 1) {
      if (text.endsWith(form.slice(0, length))) return text.slice(0, -length);
    }
  }
  return text;
}
