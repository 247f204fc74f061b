/** The lines of a Checkout session, from the prices that come with it. */
import type Stripe from 'stripe';
import { asMetadata } from '../account/metadata';
import type { Account } from '../account/account';
import { newId } from '../account/ids';
import { invalid } from '../wire/problem';

/** @throws Problem 400 for a line without a whole, positive price. */
export function newLines(account: Account, items: Stripe.Checkout.SessionCreateParams.LineItem[]): Stripe.LineItem[] {
  const lines = items.map((item, index) => newLine(account, item, `line_items[${index}]`));
  if (new Set(lines.map(({ currency }) => currency)).size > 1) {
    throw invalid('All line items must have the same currency.', { param: 'line_items' });
  }
  return lines;
}

function newLine(
  account: Account,
  { price_data: price, quantity }: Stripe.Checkout.SessionCreateParams.LineItem,
  name: string,
): Stripe.LineItem {
  if (!price) throw invalid(`Missing required param: ${name}[price_data].`, { param: `${name}[price_data]` });
  if (!price.product_data) throw invalid(`Missing required param: ${name}[price_data][product_data].`);
  const unitAmount = price.unit_amount;
  if (unitAmount === undefined || unitAmount < 0) throw invalid('Invalid non-negative integer', { param: name });
  if (quantity === undefined || quantity < 1) throw invalid('Quantity is required.', { param: `${name}[quantity]` });
  const currency = price.currency.toLowerCase();
  const amount = unitAmount * quantity;
  return {
    id: newId('li'),
    object: 'item',
    adjustable_quantity: null,
    amount_discount: 0,
    amount_subtotal: amount,
    amount_tax: 0,
    amount_total: amount,
    currency,
    description: price.product_data.name,
    metadata: asMetadata(price.product_data.metadata),
    price: {
      id: newId('price'),
      object: 'price',
      active: false,
      billing_scheme: 'per_unit',
      created: account.time.seconds(),
      currency,
      custom_unit_amount: null,
      livemode: false,
      lookup_key: null,
      metadata: {},
      nickname: null,
      product: newId('prod'),
      recurring: null,
      tax_behavior: price.tax_behavior ?? 'unspecified',
      tiers_mode: null,
      transform_quantity: null,
      type: 'one_time',
      unit_amount: unitAmount,
      unit_amount_decimal: null,
    },
    quantity,
  };
}
