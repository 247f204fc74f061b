import { pageLink } from './links';
import { opensPage, pageToken, type PageKind } from './token';

const SECRET = 'a-secret-for-pages';
const KINDS: readonly PageKind[] = ['checkout', 'return', 'receipt', 'checkout-receipt'];

test('a token opens its own page and no other', () => {
  for (const kind of KINDS) {
    const token = pageToken(kind, 'abc', SECRET);
    expect(token).toMatch(/^[\w-]{43}$/);
    for (const other of KINDS) expect(opensPage(token, other, 'abc', SECRET)).toBe(other === kind);
    expect(opensPage(token, kind, 'abd', SECRET)).toBe(false);
    expect(opensPage(token, kind, 'abc', 'another-secret')).toBe(false);
  }
});

test.each([undefined, null, '', 'x', ['a', 'b'], 7, 'é'.repeat(43), `${pageToken('return', 'a', SECRET)}=`])(
  '%p opens nothing',
  (token) => expect(opensPage(token, 'return', 'a', SECRET)).toBe(false),
);

test('a kind and an id cannot be mixed into each other', () => {
  expect(pageToken('receipt', 'a', SECRET)).not.toBe(pageToken('checkout-receipt', 'a', SECRET));
  expect(opensPage(pageToken('receipt', 'x:y', SECRET), 'receipt', 'x', SECRET)).toBe(false);
});

test('a link carries id and token', () => {
  const front = { publicUrl: 'https://larder.example', pageSecret: SECRET };
  const link = new URL(pageLink('return', 'abc', front));
  expect(link.origin + link.pathname).toBe('https://larder.example/billing/return');
  expect(opensPage(link.searchParams.get('token'), 'return', link.searchParams.get('checkout') ?? '', SECRET)).toBe(
    true,
  );
  const receipt = new URL(pageLink('receipt', 'abc', front));
  expect(receipt.pathname).toBe('/billing/receipt/abc');
});
