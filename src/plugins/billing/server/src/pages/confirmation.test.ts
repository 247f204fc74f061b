import type { Checkout, CheckoutState } from '../core/checkout';
import { confirmationPage } from './confirmation';
import { writingOf } from './page';

const writing = writingOf('en', 'n0nce', '/');
const checkout = (state: CheckoutState) => ({ state, mode: 'payment', amount: 1250, currency: 'EUR' }) as Checkout;
const page = (state: CheckoutState, more: object = {}) =>
  confirmationPage(
    { checkout: checkout(state), isFresh: true, formLink: '/form', receiptLink: '/receipt', card: null, ...more },
    writing,
  );

test.each([
  ['open', 'Not finished yet', '/form'],
  ['declined', 'Your card was declined', '/form'],
  ['complete', 'Thank you', '/receipt'],
] as const)('%s says "%s" and leads to %s', (state, title, href) => {
  expect(page(state)).toMatchObject({ title, body: { html: expect.stringContaining(`href="${href}"`) } });
  expect(page(state).refreshSeconds).toBeUndefined();
});

test.each(['open', 'declined', 'pending', 'requested'] as const)(
  '%s is looked at again where Stripe could not be asked: it may be paid by now',
  (state) => {
    expect(page(state, { isFresh: false, formLink: null })).toMatchObject({
      title: 'One moment, please',
      refreshSeconds: expect.any(Number),
    });
  },
);

test('what has ended needs nobody to be asked', () => {
  expect(page('complete', { isFresh: false })).toMatchObject({ title: 'Thank you' });
  expect(page('expired', { isFresh: false })).toMatchObject({ title: 'This form is no longer open' });
});

test('a payment that failed days later cannot be tried again in the same form', () => {
  const { title, body } = page('declined', { formLink: null });
  expect(title).toBe('The payment did not work');
  expect(body.html).not.toContain('href');
});
