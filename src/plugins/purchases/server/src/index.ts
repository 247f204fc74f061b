/** Purchases: the state machine, its history, and everything that decides over a door. */
import type { Core } from '@strapi/strapi';
import { offerPermissions } from '../../../../shared/admin';
import { actors } from './admin/actors';
import { reviews } from './admin/reviews';
import { adminRoutes, PERMISSIONS } from './admin/routes';
import { services } from './services';
import { readSettings } from './services/settings';

export default {
  config: {
    default: {},
    validator: (config: unknown) => void readSettings(config),
  },
  controllers: { actors, reviews },
  routes: { admin: adminRoutes },
  services,
  async bootstrap({ strapi }: { strapi: Core.Strapi }) {
    await offerPermissions(strapi, PERMISSIONS);
  },
};
