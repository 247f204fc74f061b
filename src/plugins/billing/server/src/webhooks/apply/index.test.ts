import type { BillingParts } from '../../core/parts';
import { applyEvent, isActedOn } from '.';

test.each([
  'payment_intent.succeeded',
  'charge.captured',
  'charge.refunded',
  'charge.refund.updated',
  'charge.dispute.closed',
  'refund.failed',
  'checkout.session.expired',
  'customer.updated',
  'payment_method.detached',
  'invoice.paid',
  'invoice_payment.paid',
])('%s is acted on', (type) => {
  expect(isActedOn(type)).toBe(true);
});

test.each(['customer.created', 'payout.paid', 'balance.available', 'setup_intent.succeeded', 'product.updated'])(
  '%s is not, and asks nobody',
  async (type) => {
    expect(isActedOn(type)).toBe(false);
    expect(await applyEvent({ id: 'evt_1', type, object: { id: 'x' } }, {} as BillingParts)).toBe(false);
  },
);

test.each([
  'payment_intent.succeeded',
  'invoice.upcoming',
  'invoice_payment.paid',
  'refund.created',
  'charge.refunded',
])('%s about nothing that has an id is not ours', async (type) => {
  expect(await applyEvent({ id: 'evt_1', type, object: {} }, {} as BillingParts)).toBe(false);
});
