/** How the pages of the fake look. */
import { writeDocument } from '../../../../src/shared/pages/document';

export { escaped } from '../../../../src/shared/pages/html';

/** `amount` in minor units. */
export const money = (amount: number, currency: string): string =>
  new Intl.NumberFormat('en', { style: 'currency', currency }).format(amount / 100);

const STYLE = `
body { font: 16px/1.5 system-ui, sans-serif; margin: 0 auto; max-width: 28rem; padding: 1rem; color: #1a1f36; }
h1 { font-size: 1.25rem; margin: 0 0 .5rem; }
ul { list-style: none; margin: 0 0 1rem; padding: 0; }
li { display: flex; justify-content: space-between; }
button, select { font: inherit; padding: .5rem 1rem; }
[role=alert] { color: #b00020; }
.fake { color: #596171; font-size: .875rem; }
`;

/** A whole page. `body` is HTML. */
export const htmlPage = (title: string, body: string): string =>
  writeDocument({ language: 'en', title, style: { html: STYLE }, nonce: '', body: { html: body } });
