/** What the front end (Bubble) may call, and nothing else: the scopes of its API token. */
export const FRONT_END_SCOPES = [
  'api::machine.machine.status',
  'api::machine.machine.open',
  'api::machine.machine.find',
  'api::machine.machine.findOne',
  'api::product.product.find',
  'api::product.product.findOne',
  'api::transaction.transaction.findOne',
  'api::transaction.transaction.search',
  'api::transaction.transaction.events',
  'api::transaction.transaction.stream',
  'plugin::billing.customers.ensure',
  'plugin::billing.checkouts.start',
  'plugin::billing.checkouts.findOne',
  'plugin::billing.debts.find',
  'plugin::billing.receipts.findOne',
  'plugin::billing.invoices.find',
  'plugin::billing.invoices.findOne',
] as const;

/** What a customer may call with a JWT of their own. The controllers show them only what is theirs. */
export const CUSTOMER_ACTIONS = [
  'api::machine.machine.status',
  'api::machine.machine.open',
  'api::machine.machine.find',
  'api::machine.machine.findOne',
  'api::transaction.transaction.findOne',
  'api::transaction.transaction.search',
  'api::transaction.transaction.events',
  'api::transaction.transaction.stream',
  'plugin::billing.customers.ensure',
  'plugin::billing.checkouts.start',
  'plugin::billing.checkouts.findOne',
  'plugin::billing.debts.find',
  'plugin::billing.receipts.findOne',
  'plugin::billing.invoices.find',
  'plugin::billing.invoices.findOne',
] as const;
