import { scrub } from './scrub';

test('client secrets go, wherever they stand', () => {
  const secret = 'pi_1Abc_secret_xYz9';
  const given = {
    client_secret: secret,
    nested: [{ confirmation_secret: { client_secret: secret, type: 'payment_intent' } }],
    next_action: { redirect_to_url: { url: `https://x.test/a?client_secret=src_client_secret_9&b=1` } },
    note: `see ${secret}.`,
  };
  const kept = JSON.stringify(scrub(given));
  expect(kept).not.toMatch(/xYz9|secret_9/);
  expect(kept).toContain('&b=1');
  expect(kept).toContain('payment_intent');
});

test('what cannot be stored is left out, the rest stays as it is', () => {
  const given = { a: 'b\u0000', [`k\ud800`]: 1, n: null, list: [1, true, 'ok'], deep: { amount: 790 } };
  expect(scrub(given)).toEqual({
    a: '[unreadable]',
    '[unreadable]': 1,
    n: null,
    list: [1, true, 'ok'],
    deep: { amount: 790 },
  });
});
