/** https://docs.stripe.com/api/payment_methods */
import type Stripe from 'stripe';
import type { Account } from '../account/account';
import { attach } from '../account/cards';
import { cardOf, customerOf } from '../payments/lookup';
import { pageOf } from '../wire/list';
import { paging, text } from '../wire/params';
import { invalid, missing } from '../wire/problem';
import { route } from './route';

const ofCustomer = (account: Account, customer: string, type: string | undefined) =>
  account.methods.all().filter((method) => method.customer === customer && (!type || method.type === type));

export const paymentMethodRoutes = [
  route<Stripe.PaymentMethodRetrieveParams>({
    at: 'GET /v1/payment_methods/:method',
    takes: {},
    run: ({ account }, _params, id = '') => cardOf(account, id),
  }),
  route<Stripe.PaymentMethodListParams>({
    at: 'GET /v1/payment_methods',
    takes: { ...paging, customer: text, type: text },
    run({ account }, { customer = '', type, ...page }) {
      if (customer) customerOf(account, customer);
      return pageOf(customer ? ofCustomer(account, customer, type) : [], '/v1/payment_methods', page);
    },
  }),
  route<Stripe.CustomerListPaymentMethodsParams>({
    at: 'GET /v1/customers/:customer/payment_methods',
    takes: { ...paging, type: text },
    run({ account }, { type, ...page }, customer = '') {
      customerOf(account, customer);
      return pageOf(ofCustomer(account, customer, type), `/v1/customers/${customer}/payment_methods`, page);
    },
  }),
  route<Stripe.PaymentMethodAttachParams>({
    at: 'POST /v1/payment_methods/:method/attach',
    takes: { customer: text },
    needs: ['customer'],
    run({ account }, { customer = '' }, id = '') {
      customerOf(account, customer);
      const method = cardOf(account, id);
      if (method.customer !== null && method.customer !== customer) {
        throw invalid('The payment method you provided has already been attached to a customer.');
      }
      attach(account, method, customer);
      return method;
    },
  }),
  route<Stripe.PaymentMethodDetachParams>({
    at: 'POST /v1/payment_methods/:method/detach',
    takes: {},
    run({ account }, _params, id = '') {
      const method = account.methods.get(id);
      if (!method) throw missing('PaymentMethod', id, 'payment_method');
      if (method.customer === null) throw invalid('The payment method you provided is not attached to a customer.');
      const customer = account.customers.get(String(method.customer));
      if (customer?.invoice_settings.default_payment_method === id) {
        customer.invoice_settings.default_payment_method = null;
      }
      method.customer = null;
      account.emit('payment_method.detached', method);
      return method;
    },
  }),
];
