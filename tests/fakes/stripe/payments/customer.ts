import type Stripe from 'stripe';
import type { Account } from '../account/account';
import { newId, token } from '../account/ids';

export function newCustomer(account: Account, { email }: { email?: string | null }): Stripe.Customer {
  const customer = account.customers.add({
    id: newId('cus'),
    object: 'customer',
    address: null,
    balance: 0,
    created: account.time.seconds(),
    currency: null,
    customer_account: null,
    default_source: null,
    delinquent: false,
    description: null,
    discount: null,
    email: email ?? null,
    invoice_prefix: token(8).toUpperCase(),
    invoice_settings: { custom_fields: null, default_payment_method: null, footer: null, rendering_options: null },
    livemode: false,
    metadata: {},
    name: null,
    next_invoice_sequence: 1,
    phone: null,
    preferred_locales: [],
    shipping: null,
    tax_exempt: 'none',
    test_clock: null,
  });
  account.emit('customer.created', customer);
  return customer;
}
