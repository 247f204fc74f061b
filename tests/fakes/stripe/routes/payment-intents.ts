/** https://docs.stripe.com/api/payment_intents */
import type Stripe from 'stripe';
import { asMetadata, mergeMetadata } from '../account/metadata';
import { cancel } from '../payments/cancel';
import { capture, unexpectedState } from '../payments/capture';
import { newIntent } from '../payments/intent';
import { cardOf, customerOf, intentOf } from '../payments/lookup';
import { confirmIntent } from './confirm-intent';
import { pageOf } from '../wire/list';
import {
  bool,
  clearable,
  integer,
  listOf,
  metadata,
  objectOf,
  oneOf,
  paging,
  range,
  text,
  type Reader,
} from '../wire/params';
import { invalid } from '../wire/problem';
import { route } from './route';

const captureMethod = oneOf('automatic', 'automatic_async', 'manual');
const futureUsage = oneOf('off_session', 'on_session');

/** Stripe's least charge: https://docs.stripe.com/currencies#minimum-and-maximum-charge-amounts */
function checkAmount(amount: number): void {
  if (amount < 1) throw invalid('Invalid positive integer', { code: 'parameter_invalid_integer', param: 'amount' });
  if (amount < 50) {
    throw invalid('Amount must be at least 50 minor units.', { code: 'amount_too_small', param: 'amount' });
  }
  if (amount > 99_999_999) throw invalid('Amount is too large.', { code: 'amount_too_large', param: 'amount' });
}

const currency: Reader<string> = (value, name) => {
  const code = text(value, name).toLowerCase();
  if (/^[a-z]{3}$/.test(code)) return code;
  throw invalid(`Invalid currency: ${code}`, { param: name });
};

export const paymentIntentRoutes = [
  route<Stripe.PaymentIntentCreateParams>({
    at: 'POST /v1/payment_intents',
    takes: {
      amount: integer,
      currency,
      allowed_payment_method_types: listOf(oneOf('card')),
      automatic_payment_methods: objectOf<Stripe.PaymentIntentCreateParams.AutomaticPaymentMethods>(
        { enabled: bool, allow_redirects: oneOf('always', 'never') },
        ['enabled'],
      ),
      capture_method: captureMethod,
      confirm: bool,
      confirmation_method: oneOf('automatic', 'manual'),
      customer: text,
      description: text,
      error_on_requires_action: bool,
      metadata,
      off_session: bool,
      payment_method: text,
      receipt_email: text,
      return_url: text,
      setup_future_usage: futureUsage,
      statement_descriptor_suffix: text,
    },
    needs: ['amount', 'currency'],
    run({ account, verdict }, params) {
      checkAmount(params.amount);
      if (params.allowed_payment_method_types && params.automatic_payment_methods) {
        throw invalid('Give allowed_payment_method_types or automatic_payment_methods, not both.');
      }
      for (const name of ['off_session', 'return_url', 'error_on_requires_action'] as const) {
        if (params[name] && !params.confirm) throw invalid(`${name} needs confirm=true.`, { param: name });
      }
      if (params.customer) customerOf(account, params.customer);
      const method = params.payment_method ? cardOf(account, params.payment_method) : undefined;
      const intent = newIntent(account, {
        amount: params.amount,
        currency: params.currency,
        customer: params.customer ?? null,
        description: params.description ?? null,
        metadata: asMetadata(params.metadata),
        receiptEmail: params.receipt_email ?? null,
        setupFutureUsage: params.setup_future_usage ?? null,
        statementDescriptorSuffix: params.statement_descriptor_suffix ?? null,
        ...(params.capture_method ? { captureMethod: params.capture_method } : {}),
        ...(params.confirmation_method ? { confirmationMethod: params.confirmation_method } : {}),
        ...(params.allowed_payment_method_types ? { onlyTypes: params.allowed_payment_method_types } : {}),
        allowRedirects: params.automatic_payment_methods?.allow_redirects === 'never' ? 'never' : 'always',
      });
      if (method) {
        intent.payment_method = method.id;
        intent.status = 'requires_confirmation';
      }
      const { payment_method: _known, ...how } = params;
      if (params.confirm) confirmIntent({ account, verdict }, intent, how);
      return intent;
    },
  }),
  route<Stripe.PaymentIntentRetrieveParams>({
    at: 'GET /v1/payment_intents/:intent',
    takes: { client_secret: text },
    run: ({ account }, _params, id = '') => intentOf(account, id),
  }),
  route<Stripe.PaymentIntentListParams>({
    at: 'GET /v1/payment_intents',
    takes: { ...paging, created: range, customer: text },
    run: ({ account }, params) => {
      const found = account.intents.all().filter(({ customer }) => !params.customer || customer === params.customer);
      return pageOf(found, '/v1/payment_intents', params);
    },
  }),
  route<Stripe.PaymentIntentUpdateParams>({
    at: 'POST /v1/payment_intents/:intent',
    takes: {
      amount: integer,
      customer: text,
      description: text,
      metadata,
      payment_method: text,
      receipt_email: clearable(text),
      setup_future_usage: clearable(futureUsage),
    },
    run({ account }, params, id = '') {
      const intent = intentOf(account, id);
      const isOpen = ['requires_payment_method', 'requires_confirmation', 'requires_action'].includes(intent.status);
      const isForOpen = params.amount !== undefined || params.payment_method || params.customer;
      if (isForOpen && !isOpen) throw unexpectedState(intent, 'updated', ['requires_payment_method']);
      if (params.amount !== undefined) checkAmount(params.amount);
      if (params.customer) intent.customer = customerOf(account, params.customer).id;
      if (params.payment_method) {
        intent.payment_method = cardOf(account, params.payment_method).id;
        intent.status = 'requires_confirmation';
      }
      intent.amount = params.amount ?? intent.amount;
      intent.description = params.description ?? intent.description;
      if (params.receipt_email !== undefined) intent.receipt_email = params.receipt_email || null;
      if (params.setup_future_usage !== undefined) intent.setup_future_usage = params.setup_future_usage || null;
      if (params.metadata !== undefined) intent.metadata = mergeMetadata(intent.metadata, params.metadata);
      return intent;
    },
  }),
  route<Stripe.PaymentIntentConfirmParams>({
    at: 'POST /v1/payment_intents/:intent/confirm',
    takes: {
      error_on_requires_action: bool,
      off_session: bool,
      payment_method: text,
      receipt_email: clearable(text),
      return_url: text,
      setup_future_usage: clearable(futureUsage),
    },
    run({ account, verdict }, params, id = '') {
      const intent = intentOf(account, id);
      const allowed = ['requires_payment_method', 'requires_confirmation', 'requires_action'];
      if (!allowed.includes(intent.status)) throw unexpectedState(intent, 'confirmed', allowed);
      if (params.setup_future_usage !== undefined) intent.setup_future_usage = params.setup_future_usage || null;
      confirmIntent({ account, verdict }, intent, params);
      return intent;
    },
  }),
  route<Stripe.PaymentIntentCaptureParams>({
    at: 'POST /v1/payment_intents/:intent/capture',
    takes: { amount_to_capture: integer, metadata, statement_descriptor_suffix: text },
    run({ account }, params, id = '') {
      const intent = intentOf(account, id);
      capture(account, intent, params.amount_to_capture ?? intent.amount_capturable, 'api');
      if (params.metadata !== undefined) intent.metadata = mergeMetadata(intent.metadata, params.metadata);
      return intent;
    },
  }),
  route<Stripe.PaymentIntentCancelParams>({
    at: 'POST /v1/payment_intents/:intent/cancel',
    takes: { cancellation_reason: oneOf('abandoned', 'duplicate', 'fraudulent', 'requested_by_customer') },
    run({ account }, params, id = '') {
      const intent = intentOf(account, id);
      const session = account.sessions.all().find(({ payment_intent: paid }) => paid === id);
      if (session?.status === 'open') throw invalid('You cannot cancel the PaymentIntent of an open Checkout Session.');
      cancel(account, intent, params.cancellation_reason ?? null);
      return intent;
    },
  }),
];
