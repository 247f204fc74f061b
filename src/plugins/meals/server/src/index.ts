/** Meals: what stands in the machines, what came and went, and which meals a purchase took. */
import type { Core } from '@strapi/strapi';
import { runtime } from '../../../../shared/runtime';
import { services } from './services';
import { mealsOf } from './services/room';
import { ensureMealsSchema } from './store/schema';

export default {
  services,
  register({ strapi }: { strapi: Core.Strapi }) {
    mealsOf(strapi);
  },
  bootstrap: ({ strapi }: { strapi: Core.Strapi }) => ensureMealsSchema(runtime(strapi).database),
};
