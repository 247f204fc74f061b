/** Billing: holds, captures, refunds and debts, customers, Checkout and invoices at Stripe, and the ledger of it all. */
import type { Core } from '@strapi/strapi';
import { services } from './services';
import { billingOf, prepareBilling } from './services/room';
import { readSettings } from './services/settings';

export default {
  config: {
    default: {},
    validator: (config: unknown) => void readSettings(config),
  },
  services,
  register({ strapi }: { strapi: Core.Strapi }) {
    billingOf(strapi);
  },
  async bootstrap({ strapi }: { strapi: Core.Strapi }) {
    await prepareBilling(strapi);
  },
};
