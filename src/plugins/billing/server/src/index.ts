/** Billing: holds, captures, refunds and debts, customers, Checkout and invoices at Stripe, and the ledger of it all. */
import type { Core } from '@strapi/strapi';
import { offerPermissions } from '../../../../shared/admin';
import { decisions } from './admin/decisions';
import { refundDesk } from './admin/refund-desk';
import { adminRoutes, PERMISSIONS } from './admin/routes';
import { debts } from './http/debts';
import { refundRoutes } from './http/refund-routes';
import { refunds } from './http/refunds';
import { webControllers, webRoutes } from './http/routes';
import { services } from './services';
import { billingOf, prepareBilling } from './services/room';
import { readSettings } from './services/settings';

export default {
  config: {
    default: {},
    validator: (config: unknown) => void readSettings(config),
  },
  controllers: { ...webControllers, refunds, debts, refundDesk, decisions },
  routes: {
    admin: adminRoutes,
    refunds: refundRoutes,
    web: ({ strapi }: { strapi: Core.Strapi }) => ({ type: 'content-api', routes: webRoutes(strapi) }),
  },
  services,
  register({ strapi }: { strapi: Core.Strapi }) {
    billingOf(strapi);
  },
  async bootstrap({ strapi }: { strapi: Core.Strapi }) {
    await prepareBilling(strapi);
    await offerPermissions(strapi, PERMISSIONS);
  },
};
