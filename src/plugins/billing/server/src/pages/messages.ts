/** Pages that only say something. */
import { html } from '../../../../../shared/pages/html';
import type { Page, Writing } from './page';

export function message({ title, text, status = 200 }: { title: string; text: string; status?: number }): Page {
  return {
    status,
    title,
    body: html`<h1>${title}</h1>
      <p>${text}</p>`,
  };
}

/** A wrong link, a missing one, one to something that is not there: nobody learns which. */
export const notFound = ({ words }: Writing): Page =>
  message({ status: 404, title: words.notFound, text: words.notFoundMore });

export const unavailable = ({ words }: Writing): Page => ({
  ...message({ status: 503, title: words.unavailable, text: words.unavailableMore }),
  refreshSeconds: 5,
});
