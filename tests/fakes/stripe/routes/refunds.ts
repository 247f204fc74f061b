/** https://docs.stripe.com/api/refunds */
import type Stripe from 'stripe';
import { asMetadata } from '../account/metadata';
import { chargeOf, intentOf, latestCharge } from '../payments/lookup';
import { refund } from '../payments/refund';
import { pageOf } from '../wire/list';
import { integer, metadata, oneOf, paging, range, text } from '../wire/params';
import { invalid, missing } from '../wire/problem';
import { route } from './route';

export const refundRoutes = [
  route<Stripe.RefundCreateParams>({
    at: 'POST /v1/refunds',
    takes: {
      amount: integer,
      charge: text,
      metadata,
      payment_intent: text,
      reason: oneOf('duplicate', 'fraudulent', 'requested_by_customer'),
    },
    run({ account }, { amount, charge, payment_intent: intentId, reason, metadata: sent }) {
      if (!charge && !intentId)
        throw invalid('One of the following params should be provided: payment_intent, charge.');
      const intent = intentId ? intentOf(account, intentId, 'payment_intent') : undefined;
      if (intent && intent.status !== 'succeeded') {
        throw invalid(`This PaymentIntent (${intent.id}) does not have a successful charge to refund.`);
      }
      const paid = intent ? latestCharge(account, intent) : chargeOf(account, String(charge));
      const more = { reason: reason ?? null, metadata: asMetadata(sent) };
      return refund(account, paid, amount === undefined ? more : { amount, ...more });
    },
  }),
  route<Stripe.RefundRetrieveParams>({
    at: 'GET /v1/refunds/:refund',
    takes: {},
    run({ account }, _params, id = '') {
      const made = account.refunds.get(id);
      if (!made) throw missing('refund', id);
      return made;
    },
  }),
  route<Stripe.RefundListParams>({
    at: 'GET /v1/refunds',
    takes: { ...paging, charge: text, created: range, payment_intent: text },
    run({ account }, params) {
      const found = account.refunds
        .all()
        .filter(({ charge }) => !params.charge || charge === params.charge)
        .filter(({ payment_intent: intent }) => !params.payment_intent || intent === params.payment_intent);
      return pageOf(found, '/v1/refunds', params);
    },
  }),
];
