/** Meals: what stands in the machines, what came and went, and which meals a purchase took. */
import type { Core } from '@strapi/strapi';
import { runtime } from '../../../../shared/runtime';
import { device } from './device/http';
import { deviceRoutes } from './device/routes';
import { services } from './services';
import { mealsOf } from './services/room';
import { ensureMealsSchema } from './store/schema';

import { readSettings } from './services/settings';
export default {
  config: { default: {}, validator: (config: unknown) => void readSettings(config) },
  controllers: { ...stockControllers, device, subscriptions, reports },
  routes: { stock: stockRoutes, device: deviceRoutes, subscriptions: subscriptionRoutes },
  services,
  register({ strapi }: { strapi: Core.Strapi }) {
    mealsOf(strapi);
  },
  bootstrap: ({ strapi }: { strapi: Core.Strapi }) => ensureMealsSchema(runtime(strapi).database),
};
