/** https://docs.stripe.com/api/invoices and https://docs.stripe.com/api/invoice-payment */
import type Stripe from 'stripe';
import { pageOf } from '../wire/list';
import { oneOf, paging, range, text } from '../wire/params';
import { missing } from '../wire/problem';
import { route } from './route';

export const invoiceRoutes = [
  route<Stripe.InvoiceRetrieveParams>({
    at: 'GET /v1/invoices/:invoice',
    takes: {},
    run({ account }, _params, id = '') {
      const invoice = account.invoices.get(id);
      if (!invoice) throw missing('invoice', id, 'invoice');
      return invoice;
    },
  }),
  route<Stripe.InvoiceListParams>({
    at: 'GET /v1/invoices',
    takes: {
      ...paging,
      created: range,
      customer: text,
      status: oneOf('draft', 'open', 'paid', 'uncollectible', 'void'),
    },
    run({ account }, params) {
      const found = account.invoices
        .all()
        .filter(({ customer }) => !params.customer || customer === params.customer)
        .filter(({ status }) => !params.status || status === params.status);
      return pageOf(found, '/v1/invoices', params);
    },
  }),
  route<Stripe.InvoicePaymentListParams>({
    at: 'GET /v1/invoice_payments',
    takes: { ...paging, created: range, invoice: text, status: oneOf('canceled', 'open', 'paid') },
    run({ account }, params) {
      const found = account.invoicePayments
        .all()
        .filter(({ invoice }) => !params.invoice || invoice === params.invoice)
        .filter(({ status }) => !params.status || status === params.status);
      return pageOf(found, '/v1/invoice_payments', params);
    },
  }),
];
