/** Meals: what stands in the machines, what came and went, and which meals a purchase took. */
import type { Core } from '@strapi/strapi';
import { runtime } from '../../../../shared/runtime';
import { lotDesk } from './admin/lot-desk';
import { ACTIONS, adminRoutes } from './admin/routes';
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

interface Permissions {
  readonly actionProvider: { registerMany(actions: readonly Readonly<Record<string, string>>[]): Promise<unknown> };
}

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
    const permissions = strapi.service('admin::permission') as unknown as Permissions;
    await permissions.actionProvider.registerMany(ACTIONS);
  },
};
