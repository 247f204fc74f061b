import { html, type Html } from '../../../../../shared/pages/html';
import type { Page, Writing } from './page';
import { STYLE } from './style';

/** The whole document. */
export function document(page: Page, { language, words, nonce, otherLanguageHref }: Writing): string {
  const refresh =
    page.refreshSeconds === undefined ? null : html`<meta http-equiv="refresh" content="${page.refreshSeconds}" />`;
  const other = language === 'en' ? 'fr' : 'en';
  const foot: Html | null = page.isForm
    ? null
    : html`<footer>
        <a href="${otherLanguageHref}" lang="${other}" hreflang="${other}">${words.otherLanguage}</a>
      </footer>`;
  const { html: text } = html`<!doctype html>
    <html lang="${language}">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="robots" content="noindex" />
        ${refresh}
        <title>${page.title}</title>
        <link rel="icon" href="data:," />
        <style nonce="${nonce}">
          ${STYLE}
        </style>
      </head>
      <body>
        <main class="${page.isForm ? 'form' : 'text'}">${page.body}</main>
        ${foot}
      </body>
    </html> `;
  return text;
}
