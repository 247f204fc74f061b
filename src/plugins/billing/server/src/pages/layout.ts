import { writeDocument } from '../../../../../shared/pages/document';
import { html, type Html } from '../../../../../shared/pages/html';
import type { Page, Writing } from './page';
import { STYLE } from './style';

/** The whole document. */
export function document(page: Page, { language, words, nonce, otherLanguageHref }: Writing): string {
  const other = language === 'en' ? 'fr' : 'en';
  const foot: Html | null = page.isForm
    ? null
    : html`<footer>
        <a href="${otherLanguageHref}" lang="${other}" hreflang="${other}">${words.otherLanguage}</a>
      </footer>`;
  return writeDocument({
    language,
    title: page.title,
    style: STYLE,
    nonce,
    head:
      page.refreshSeconds === undefined ? null : html`<meta http-equiv="refresh" content="${page.refreshSeconds}" />`,
    body: html`<main class="${page.isForm ? 'form' : 'text'}">${page.body}</main>
      ${foot}`,
  });
}
