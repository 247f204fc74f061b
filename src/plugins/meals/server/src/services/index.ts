/** What other rooms may call: `getService(strapi, 'meals')`. */
import type { Core } from '@strapi/strapi';
import { mealsOf, type Meals } from './room';

export const services = {
  meals: ({ strapi }: { strapi: Core.Strapi }): Meals => mealsOf(strapi),
};

type Services = typeof services;

/** The meals room's services, typed. Not before the plugin's `register` has run. */
export function getService<Name extends keyof Services>(strapi: Core.Strapi, name: Name): ReturnType<Services[Name]> {
  return strapi.plugin('meals').service<ReturnType<Services[Name]>>(name);
}
