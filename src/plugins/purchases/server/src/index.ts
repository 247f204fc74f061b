/** Purchases: the state machine, its history, and everything that decides over a door. */
import type { Core } from '@strapi/strapi';
import { reviews } from './admin/reviews';
import { routes, SETTLE_REVIEW } from './admin/routes';
import { services } from './services';
import { readSettings } from './services/settings';

export default {
  config: {
    default: {},
    validator: (config: unknown) => void readSettings(config),
  },
  controllers: { reviews },
  routes,
  services,
  async bootstrap({ strapi }: { strapi: Core.Strapi }) {
    await strapi.service('admin::permission').actionProvider.registerMany([
      {
        section: 'plugins',
        displayName: 'Decide what was taken in a purchase under review',
        uid: SETTLE_REVIEW.slice('plugin::purchases.'.length),
        pluginName: 'purchases',
      },
    ]);
  },
};
