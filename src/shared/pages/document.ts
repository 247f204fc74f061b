import { html, type Html } from './html';
import type { Language } from './language';

/** A whole document: at home on a phone, found by no search engine, with nothing that it loads. */
export interface Document {
  readonly language: Language;
  readonly title: string;
  readonly style: Html;
  /** Marks the style as ours, for the policy that comes with the page. */
  readonly nonce: string;
  /** What is in the head beside. */
  readonly head?: Html | null;
  readonly body: Html;
}

export function writeDocument({ language, title, style, nonce, head = null, body }: Document): string {
  return html`<!doctype html>
    <html lang="${language}">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="robots" content="noindex" />
        ${head}
        <title>${title}</title>
        <link rel="icon" href="data:," />
        <style nonce="${nonce}">
          ${style}
        </style>
      </head>
      <body>
        ${body}
      </body>
    </html> `.html;
}
