const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

export const escaped = (text: string): string => text.replace(/[&<>"']/g, (character) => ENTITIES[character] ?? '');

/** `amount` in minor units. */
export const money = (amount: number, currency: string): string =>
  new Intl.NumberFormat('en', { style: 'currency', currency }).format(amount / 100);

/** A whole page. `body` is HTML. */
export const htmlPage = (title: string, body: string): string => `<!doctype html>
<html lang="en">
<meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escaped(title)}</title>
<style>
  body { font: 16px/1.5 system-ui, sans-serif; margin: 0 auto; max-width: 28rem; padding: 1rem; color: #1a1f36; }
  h1 { font-size: 1.25rem; margin: 0 0 .5rem; }
  ul { list-style: none; margin: 0 0 1rem; padding: 0; }
  li { display: flex; justify-content: space-between; }
  button, select { font: inherit; padding: .5rem 1rem; }
  [role=alert] { color: #b00020; }
  .fake { color: #596171; font-size: .875rem; }
</style>
${body}
</html>
`;
