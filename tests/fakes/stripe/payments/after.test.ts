/** What comes after the money was taken: refunds, disputes, the books. */
import type Stripe from 'stripe';
import { failure, stage, type Stage } from '../testing/stage';

let it_: Stage;
beforeEach(async () => {
  it_ = await stage();
});
afterEach(async () => {
  expect(it_.fake.unknown).toEqual([]);
  await it_.fake.stop();
});

async function paid(): Promise<string> {
  const { id } = await it_.hold();
  await it_.stripe.paymentIntents.capture(id, { amount_to_capture: 1000 });
  return id;
}

test('money is given back in parts, and never more than was taken', async () => {
  const { fake, stripe } = it_;
  const id = await paid();
  const part = await stripe.refunds.create({ payment_intent: id, amount: 400, metadata: { why: 'cold' } });
  expect(part).toMatchObject({ status: 'succeeded', amount: 400, metadata: { why: 'cold' } });
  expect(await failure(stripe.refunds.create({ payment_intent: id, amount: 601 }))).toMatchObject({ statusCode: 400 });
  fake.hands.refundFromDashboard(id);
  expect(await failure(stripe.refunds.create({ payment_intent: id }))).toMatchObject({
    code: 'charge_already_refunded',
  });
  const { data } = await stripe.refunds.list({ payment_intent: id });
  expect(data.map(({ amount }) => amount)).toEqual([600, 400]);
  const { data: movements } = await stripe.balanceTransactions.list({ type: 'refund' });
  expect(movements.map(({ amount, fee }) => [amount, fee])).toEqual([
    [-600, 0],
    [-400, 0],
  ]);
  expect(fake.refunds()).toHaveLength(2);
});

test('a refund can be pending, and fail later', async () => {
  const { fake, stripe } = it_;
  const id = await paid();
  fake.faults.refunds('pending');
  const refund = await stripe.refunds.create({ payment_intent: id });
  expect(refund.status).toBe('pending');
  fake.hands.settleRefund(refund.id, 'failed');
  expect(await stripe.refunds.retrieve(refund.id)).toMatchObject({ status: 'failed' });
  const intent = await stripe.paymentIntents.retrieve(id, { expand: ['latest_charge'] });
  expect(intent.latest_charge).toMatchObject({ refunded: false, amount_captured: 1000 });
});

test('a hold has nothing to give back', async () => {
  const { id } = await it_.hold();
  expect(await failure(it_.stripe.refunds.create({ payment_intent: id }))).toMatchObject({ statusCode: 400 });
  expect(() => it_.fake.hands.refundFromDashboard(id)).toThrow('does not have a successful charge');
});

test('a dispute takes the money, and one that is won brings it back', async () => {
  const { fake, stripe } = it_;
  const id = await paid();
  const dispute = fake.hands.openDispute(id);
  expect(await stripe.disputes.retrieve(dispute)).toMatchObject({ status: 'needs_response', payment_intent: id });
  fake.hands.closeDispute(dispute, 'won');
  expect((await stripe.disputes.retrieve(dispute)).status).toBe('won');
  const { data } = await stripe.balanceTransactions.list({ type: 'adjustment' });
  expect(data.map(({ amount }) => amount)).toEqual([1000, -1000]);
  const { data: events } = await stripe.events.list({ type: 'charge.dispute.*' });
  expect(events.map(({ type }) => type)).toEqual([
    'charge.dispute.closed',
    'charge.dispute.funds_reinstated',
    'charge.dispute.funds_withdrawn',
    'charge.dispute.created',
  ]);
});

test('an invoice is paid, with its payment', async () => {
  const { fake, stripe, customerWith } = it_;
  const { customer } = await customerWith();
  const id = fake.hands.finalizeInvoice({
    customer,
    lines: [{ description: 'Ten meals', amount: 9000, quantity: 10 }],
  });
  const { data: open } = await stripe.invoices.list({ customer });
  expect(open).toMatchObject([{ id, status: 'open', total: 9000, amount_remaining: 9000 }]);
  fake.hands.payInvoice(id);
  const invoice = await stripe.invoices.retrieve(id, { expand: ['payments.data.payment.payment_intent'] });
  expect(invoice).toMatchObject({ status: 'paid', amount_paid: 9000, lines: { data: [{ description: 'Ten meals' }] } });
  expect(invoice.status_transitions.paid_at).toEqual(expect.any(Number));
  const intent = invoice.payments?.data[0]?.payment.payment_intent as Stripe.PaymentIntent;
  expect(intent).toMatchObject({ status: 'succeeded', amount_received: 9000 });
  const { data: payments } = await stripe.invoicePayments.list({ invoice: id });
  expect(payments).toMatchObject([{ status: 'paid', amount_paid: 9000 }]);
  const { data: events } = await stripe.events.list({ types: ['invoice.paid', 'invoice_payment.paid'] });
  expect(events).toHaveLength(2);
});

test('an invoice that is void asks for nothing', async () => {
  const { fake, stripe, customerWith } = it_;
  const { customer } = await customerWith();
  const id = fake.hands.finalizeInvoice({ customer, lines: [{ description: 'Meal', amount: 900 }] });
  fake.hands.voidInvoice(id);
  expect(await stripe.invoices.retrieve(id)).toMatchObject({ status: 'void', amount_remaining: 0 });
});
