import type { Core } from '@strapi/strapi';
import { createGatewayService } from './gateway';

export const services = {
  gateway: ({ strapi }: { strapi: Core.Strapi }) => createGatewayService(strapi),
};

type Services = typeof services;

/** The vendron room's services, typed. */
export function getService<Name extends keyof Services>(strapi: Core.Strapi, name: Name): ReturnType<Services[Name]> {
  return strapi.plugin('vendron').service<ReturnType<Services[Name]>>(name);
}
