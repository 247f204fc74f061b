/** https://docs.stripe.com/api/customers */
import type Stripe from 'stripe';
import type { Account } from '../account/account';
import { attach } from '../account/cards';
import { mergeMetadata } from '../account/metadata';
import { newCustomer } from '../payments/customer';
import { cardOf, customerOf } from '../payments/lookup';
import { pageOf } from '../wire/list';
import { clearable, listOf, metadata, objectOf, paging, range, text, type Shape } from '../wire/params';
import { invalid } from '../wire/problem';
import { route } from './route';

const fields = {
  description: text,
  email: text,
  metadata,
  name: text,
  phone: text,
  preferred_locales: listOf(text),
  address: clearable(
    objectOf<Stripe.AddressParam>({
      city: text,
      country: text,
      line1: text,
      line2: text,
      postal_code: text,
      state: text,
    }),
  ),
  invoice_settings: objectOf<Stripe.CustomerUpdateParams.InvoiceSettings>({ default_payment_method: text }),
} satisfies Shape<Stripe.CustomerUpdateParams>;

function write(account: Account, customer: Stripe.Customer, params: Stripe.CustomerUpdateParams): void {
  const orNull = (sent: string | undefined, known: string | null | undefined) =>
    sent === undefined ? (known ?? null) : sent || null;
  const preferred = params.invoice_settings?.default_payment_method;
  if (preferred) {
    const method = cardOf(account, preferred, 'invoice_settings[default_payment_method]');
    if (method.customer !== customer.id) {
      throw invalid('The customer does not have a payment method with this ID. It must be attached first.', {
        code: 'resource_missing',
        param: 'invoice_settings[default_payment_method]',
      });
    }
  }
  if (preferred !== undefined) customer.invoice_settings.default_payment_method = preferred || null;
  customer.description = orNull(params.description, customer.description);
  customer.email = orNull(params.email, customer.email);
  customer.name = orNull(params.name, customer.name);
  customer.phone = orNull(params.phone, customer.phone);
  customer.preferred_locales = params.preferred_locales ?? customer.preferred_locales ?? [];
  if (params.address !== undefined) customer.address = addressOf(params.address || {});
  if (params.metadata !== undefined) customer.metadata = mergeMetadata(customer.metadata, params.metadata);
}

const addressOf = ({ city, country, line1, line2, postal_code: code, state }: Stripe.AddressParam): Stripe.Address => ({
  city: city ?? null,
  country: country ?? null,
  line1: line1 ?? null,
  line2: line2 ?? null,
  postal_code: code ?? null,
  state: state ?? null,
});

export const customerRoutes = [
  route<Stripe.CustomerCreateParams>({
    at: 'POST /v1/customers',
    takes: { ...fields, payment_method: text },
    run({ account }, { payment_method: method, ...params }) {
      const card = method === undefined ? undefined : cardOf(account, method);
      const customer = newCustomer(account, { email: params.email ?? null });
      if (card) attach(account, card, customer.id);
      write(account, customer, params);
      return customer;
    },
  }),
  route<Stripe.CustomerRetrieveParams>({
    at: 'GET /v1/customers/:customer',
    takes: {},
    run: ({ account }, _params, id = '') =>
      account.deletedCustomers.has(id) ? { id, object: 'customer', deleted: true } : customerOf(account, id, 'id'),
  }),
  route<Stripe.CustomerListParams>({
    at: 'GET /v1/customers',
    takes: { ...paging, created: range, email: text },
    run({ account }, params) {
      const found = account.customers.all().filter(({ email }) => !params.email || email === params.email);
      return pageOf(found, '/v1/customers', params);
    },
  }),
  route<Stripe.CustomerUpdateParams>({
    at: 'POST /v1/customers/:customer',
    takes: fields,
    run({ account }, params, id = '') {
      const customer = customerOf(account, id, 'id');
      write(account, customer, params);
      account.emit('customer.updated', customer);
      return customer;
    },
  }),
  route<Stripe.CustomerDeleteParams>({
    at: 'DELETE /v1/customers/:customer',
    takes: {},
    run({ account }, _params, id = '') {
      const customer = customerOf(account, id, 'id');
      account.customers.remove(id);
      account.deletedCustomers.add(id);
      for (const method of account.methods.all()) if (method.customer === id) method.customer = null;
      account.emit('customer.deleted', customer);
      return { id, object: 'customer', deleted: true };
    },
  }),
];
