/** Meals: what stands in the machines, what came and went, and which meals a purchase took. */
import type { Core } from '@strapi/strapi';
import { offerPermissions } from '../../../../shared/admin';
import { runtime } from '../../../../shared/runtime';
import { lotDesk } from './admin/lot-desk';
import { adminRoutes, PERMISSIONS } from './admin/routes';
import { device } from './device/http';
import { deviceRoutes } from './device/routes';
import { stockControllers, stockRoutes } from './http/routes';
import { reports } from './referrals/http';
import { services } from './services';
import { mealsOf } from './services/room';
import { readSettings } from './services/settings';
import { ensureMealsSchema } from './store/schema';
import { subscriptions } from './subscriptions/http';
import { subscriptionRoutes } from './subscriptions/routes';

export default {
  config: { default: {}, validator: (config: unknown) => void readSettings(config) },
  controllers: { ...stockControllers, lotDesk, device, subscriptions, reports },
  routes: { admin: adminRoutes, stock: stockRoutes, device: deviceRoutes, subscriptions: subscriptionRoutes },
  services,
  register({ strapi }: { strapi: Core.Strapi }) {
    mealsOf(strapi);
  },
  async bootstrap({ strapi }: { strapi: Core.Strapi }) {
    await ensureMealsSchema(runtime(strapi).database);
    await offerPermissions(strapi, PERMISSIONS);
  },
};
