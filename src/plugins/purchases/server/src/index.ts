/** Purchases: the state machine, its history, and everything that decides over a door. */
import type { Core } from '@strapi/strapi';
import { reviews } from './admin/reviews';
import { routes, SETTLE_REVIEW } from './admin/routes';
import { services } from './services';
import { readSettings } from './services/settings';

interface Permissions {
  readonly actionProvider: { registerMany(actions: readonly Readonly<Record<string, string>>[]): Promise<unknown> };
}

export default {
  config: {
    default: {},
    validator: (config: unknown) => void readSettings(config),
  },
  controllers: { reviews },
  routes,
  services,
  async bootstrap({ strapi }: { strapi: Core.Strapi }) {
    const permissions = strapi.service('admin::permission') as unknown as Permissions;
    await permissions.actionProvider.registerMany([
      {
        section: 'plugins',
        displayName: 'Decide what was taken in a purchase under review',
        uid: SETTLE_REVIEW.slice('plugin::purchases.'.length),
        pluginName: 'purchases',
      },
    ]);
  },
};
