/** Meals: what stands in the machines, what came and went, and which meals a purchase took. */
import type { Core } from '@strapi/strapi';
import { runtime } from '../../../../shared/runtime';
import { device } from './device/http';
import { deviceRoutes } from './device/routes';
import { services } from './services';
import { mealsOf } from './services/room';
import { ensureMealsSchema } from './store/schema';

export default {
  controllers: { device },
  routes: { device: deviceRoutes },
  services,
  register({ strapi }: { strapi: Core.Strapi }) {
    mealsOf(strapi);
  },
  bootstrap: ({ strapi }: { strapi: Core.Strapi }) => ensureMealsSchema(runtime(strapi).database),
};
