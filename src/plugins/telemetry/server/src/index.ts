/** Telemetry: devices and their keys, readings, the watch over each fridge's climate, sales locks, health. */
import type { Core } from '@strapi/strapi';
import { offerPermissions } from '../../../../shared/admin';
import { deviceDesk } from './admin/device-desk';
import { adminRoutes, PERMISSIONS } from './admin/routes';
import { salesDesk } from './admin/sales-desk';
import { device } from './http/device';
import { machines } from './http/machines';
import { routes } from './http/routes';
import { services } from './services';
import { prepareTelemetry, telemetryOf } from './services/room';
import { readSettings } from './services/settings';

export default {
  config: {
    default: {},
    validator: (config: unknown) => void readSettings(config),
  },
  controllers: { device, machines, deviceDesk, salesDesk },
  routes: { admin: adminRoutes, machines: routes },
  services,
  register({ strapi }: { strapi: Core.Strapi }) {
    telemetryOf(strapi);
  },
  async bootstrap({ strapi }: { strapi: Core.Strapi }) {
    await prepareTelemetry(strapi);
    await offerPermissions(strapi, PERMISSIONS);
  },
};
