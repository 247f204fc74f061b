/** https://docs.stripe.com/api/checkout/sessions */
import type Stripe from 'stripe';
import { listObject, pageOf } from '../wire/list';
import { integer, listOf, metadata, objectOf, oneOf, paging, range, text } from '../wire/params';
import { invalid } from '../wire/problem';
import { sessionOf } from '../payments/lookup';
import { expire, newSession } from '../payments/session';
import { newLines } from '../payments/session-lines';
import { checkSession } from '../payments/session-rules';
import { route } from './route';

const lineItem = objectOf<Stripe.Checkout.SessionCreateParams.LineItem>({
  quantity: integer,
  price_data: objectOf<Stripe.Checkout.SessionCreateParams.LineItem.PriceData>(
    {
      currency: text,
      unit_amount: integer,
      tax_behavior: oneOf('exclusive', 'inclusive', 'unspecified'),
      product_data: objectOf<Stripe.Checkout.SessionCreateParams.LineItem.PriceData.ProductData>(
        { name: text, description: text, images: listOf(text), metadata },
        ['name'],
      ),
    },
    ['currency'],
  ),
});

const intentData = objectOf<Stripe.Checkout.SessionCreateParams.PaymentIntentData>({
  capture_method: oneOf('automatic', 'automatic_async', 'manual'),
  description: text,
  metadata,
  receipt_email: text,
  setup_future_usage: oneOf('off_session', 'on_session'),
  statement_descriptor_suffix: text,
});

export const checkoutRoutes = [
  route<Stripe.Checkout.SessionCreateParams>({
    at: 'POST /v1/checkout/sessions',
    takes: {
      allowed_payment_method_types: listOf(oneOf('card')),
      billing_address_collection: oneOf('auto', 'required'),
      cancel_url: text,
      client_reference_id: text,
      currency: text,
      customer: text,
      customer_creation: oneOf('always', 'if_required'),
      customer_email: text,
      expires_at: integer,
      line_items: listOf(lineItem),
      locale: text,
      metadata,
      mode: oneOf('payment', 'setup', 'subscription'),
      payment_intent_data: intentData,
      redirect_on_completion: oneOf('always', 'if_required', 'never'),
      return_url: text,
      setup_intent_data: objectOf<Stripe.Checkout.SessionCreateParams.SetupIntentData>({ description: text, metadata }),
      submit_type: oneOf('auto', 'book', 'donate', 'pay'),
      success_url: text,
      ui_mode: oneOf('hosted_page', 'embedded_page', 'elements', 'form'),
    },
    needs: ['mode'],
    run({ account }, params) {
      if (params.mode === 'subscription') throw invalid('The fake has no subscriptions.', { param: 'mode' });
      checkSession(account, params);
      return newSession(account, params, newLines(account, params.line_items ?? []));
    },
  }),
  route<Stripe.Checkout.SessionRetrieveParams>({
    at: 'GET /v1/checkout/sessions/:session',
    takes: {},
    run: ({ account }, _params, id = '') => sessionOf(account, id),
  }),
  route<Stripe.Checkout.SessionListParams>({
    at: 'GET /v1/checkout/sessions',
    takes: {
      ...paging,
      created: range,
      customer: text,
      payment_intent: text,
      status: oneOf('open', 'complete', 'expired'),
    },
    run({ account }, params) {
      const found = account.sessions
        .all()
        .filter(({ customer }) => !params.customer || customer === params.customer)
        .filter(({ payment_intent: intent }) => !params.payment_intent || intent === params.payment_intent)
        .filter(({ status }) => !params.status || status === params.status);
      return pageOf(found, '/v1/checkout/sessions', params);
    },
  }),
  route<Stripe.Checkout.SessionExpireParams>({
    at: 'POST /v1/checkout/sessions/:session/expire',
    takes: {},
    run({ account }, _params, id = '') {
      const session = sessionOf(account, id);
      expire(account, session);
      return session;
    },
  }),
  route<Stripe.Checkout.SessionListLineItemsParams>({
    at: 'GET /v1/checkout/sessions/:session/line_items',
    takes: paging,
    run: ({ account }, _params, id = '') =>
      listObject(account.sessionLines.get(sessionOf(account, id).id) ?? [], `/v1/checkout/sessions/${id}/line_items`),
  }),
];
