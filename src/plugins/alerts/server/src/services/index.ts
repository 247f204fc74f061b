/** What other rooms may call: `getService(strapi, 'notifier')`. */
import type { Core } from '@strapi/strapi';
import type { Notifier } from '../../../../purchases/server/src/ports/notifier';
import type { Alerts } from '../core/alerts';
import { alertsOf } from './room';

export const services = {
  notifier: ({ strapi }: { strapi: Core.Strapi }): Notifier => alertsOf(strapi).notifier,
  webhooks: ({ strapi }: { strapi: Core.Strapi }): Pick<Alerts, 'finished' | 'tell'> => ({
    finished: alertsOf(strapi).finished,
    tell: alertsOf(strapi).tell,
  }),
};

type Services = typeof services;

/** The alerts room's services, typed. Not before the plugin's `register` has run. */
export function getService<Name extends keyof Services>(strapi: Core.Strapi, name: Name): ReturnType<Services[Name]> {
  return strapi.plugin('alerts').service<ReturnType<Services[Name]>>(name);
}
