import { formHeaders, plainHeaders } from './headers';

function policyOf(headers: Record<string, string>): Map<string, string[]> {
  const text = headers['Content-Security-Policy'] ?? '';
  return new Map(
    text.split('; ').map((directive) => {
      const [name = '', ...sources] = directive.split(' ');
      return [name, sources];
    }),
  );
}

test('the form may have Stripe’s script and frames, what is asked for, and nothing else', () => {
  const policy = policyOf(formHeaders('n0nce', { scriptUrl: 'http://127.0.0.1:4242/v3/' }));
  for (const name of ['script-src', 'frame-src', 'connect-src']) {
    expect(policy.get(name)).toContain('http://127.0.0.1:4242');
    expect(policy.get(name)?.join(' ')).not.toMatch(/unsafe|\*(\s|$)|data:|'self'/);
  }
  expect(policy.get('script-src')).toContain(`'nonce-n0nce'`);
  expect(policy.get('frame-src')).toContain('https://hooks.stripe.com');
  expect(policy.get('default-src')).toEqual([`'none'`]);
  expect(policy.get('frame-ancestors')).toEqual([`'none'`]);
});

test('on the other pages no script runs', () => {
  const policy = policyOf(plainHeaders('n0nce'));
  expect(policy.has('script-src')).toBe(false);
  expect(policy.get('default-src')).toEqual([`'none'`]);
});

test.each([plainHeaders('n'), formHeaders('n', { scriptUrl: 'https://js.stripe.com/x.js' })])(
  'nothing of a page is kept or told on',
  (headers) =>
    expect(headers).toMatchObject({
      'Cache-Control': 'no-store',
      'Referrer-Policy': 'no-referrer',
      'X-Frame-Options': 'DENY',
    }),
);
