import { document } from './layout';
import { html } from '../../../../../shared/pages/html';
import { writingOf } from './page';

const HOSTILE = [`<script>alert(1)</script>`, `"><img src=x onerror=alert(1)>`, `' onclick='x`, '&lt;b&gt;', '`${x}`'];

test.each(HOSTILE)('%s is only text, in a text and in an attribute', (name) => {
  const { html: page } = html`<p title="${name}">${name}</p>`;
  const inside = page.slice('<p title="'.length, -'</p>'.length).replace('">', '');
  expect(inside).not.toMatch(/[<>"'`]/);
  expect(page).not.toContain(name);
});

test('pieces of a page stay as they are, lists are joined, nothing is nothing', () => {
  const items = ['a', '<'].map((name) => html`<li>${name}</li>`);
  expect(html`<b>${items}${null}${3}</b>`.html).toBe('<b><li>a</li><li>&lt;</li>3</b>');
});

test('a whole page escapes its title and its links', () => {
  const writing = writingOf('fr', 'n0nce', '/billing/x?token="><b>');
  const page = document({ status: 200, title: '</title><b>', body: html`<h1>é</h1>` }, writing);
  expect(page).toContain('<html lang="fr">');
  expect(page).not.toContain('</title><b>');
  expect(page).not.toContain('"><b>');
  expect(page).toContain('<style nonce="n0nce">');
});
