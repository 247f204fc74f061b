import type { Html } from '../../../../../shared/pages/html';

/** One sheet for all pages: small, at home on a phone, on paper and in the dark. */
export const STYLE: Html = {
  html: `
:root { color-scheme: light dark; --ink: #1d2b24; --soft: #5b6a62; --line: #d9e0dc; --back: #fbfcfb; --leaf: #1f6b47; }
@media (prefers-color-scheme: dark) {
  :root { --ink: #e8efeb; --soft: #a3b1a9; --line: #37443d; --back: #141b17; --leaf: #7fd3a9; }
}
* { box-sizing: border-box; }
body { margin: 0; background: var(--back); color: var(--ink); font: 1.0625rem/1.5 system-ui, sans-serif; }
main.text { max-width: 36rem; margin: 0 auto; padding: 2.5rem 1.25rem 1.5rem; }
main.form { max-width: 64rem; margin: 0 auto; }
h1 { font-size: 1.6rem; line-height: 1.25; margin: 0 0 .75rem; }
p { margin: 0 0 1rem; overflow-wrap: anywhere; }
a { color: var(--leaf); }
a.button { display: inline-block; padding: .75rem 1.5rem; border-radius: .5rem; background: var(--leaf); color: var(--back);
  text-decoration: none; font-weight: 600; }
a:focus-visible { outline: 3px solid var(--ink); outline-offset: 3px; }
table { width: 100%; border-collapse: collapse; margin: 1rem 0; }
caption { text-align: left; color: var(--soft); padding-bottom: .25rem; }
th, td { text-align: left; vertical-align: top; padding: .45rem .5rem .45rem 0; border-bottom: 1px solid var(--line);
  overflow-wrap: anywhere; }
th.number, td.number { text-align: right; padding-right: 0; padding-left: .5rem; white-space: nowrap; }
tfoot th { font-weight: 400; border: 0; }
tfoot td { border: 0; }
tfoot tr.total th, tfoot tr.total td { font-weight: 700; }
dl { display: grid; grid-template-columns: auto 1fr; gap: .25rem 1.25rem; margin: 1rem 0; }
dt { color: var(--soft); }
dd { margin: 0; overflow-wrap: anywhere; }
small, footer { color: var(--soft); }
footer { max-width: 36rem; margin: 0 auto; padding: 0 1.25rem 2rem; }
@media print { footer, .screen { display: none; } main.text { padding: 0; } body { background: none; color: #000; } }
`,
};
