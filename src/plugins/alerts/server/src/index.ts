/** Alerts: the incident inbox, Slack and outgoing webhooks. */
import type { Core } from '@strapi/strapi';
import { readSettings } from './core/settings';
import { services } from './services';
import { alertsOf } from './services/room';

export default {
  config: {
    default: {},
    validator: (config: unknown) => void readSettings(config),
  },
  services,
  register({ strapi }: { strapi: Core.Strapi }) {
    alertsOf(strapi);
  },
  async bootstrap({ strapi }: { strapi: Core.Strapi }) {
    await alertsOf(strapi).makeTables();
  },
};
