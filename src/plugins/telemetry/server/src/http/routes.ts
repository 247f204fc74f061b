import type { Core } from '@strapi/strapi';
import { frontEndAuth } from '../../../../../shared/http';

/** Without the plugin's name before them: readings and health belong to their machine. */
export const routes = ({ strapi }: { strapi: Core.Strapi }) => ({
  type: 'content-api',
  prefix: '',
  routes: [
    // A device has a key of its own kind, which the handler checks.
    { method: 'POST', path: '/machines/:id/readings', handler: 'device.readings', config: { auth: false } },
    { method: 'POST', path: '/machines/:id/heartbeat', handler: 'device.heartbeat', config: { auth: false } },
    ...[
      { method: 'GET', path: '/machines/:id/readings', handler: 'machines.readings' },
      { method: 'GET', path: '/machines/:id/health', handler: 'machines.health' },
      { method: 'POST', path: '/machines/:id/lock', handler: 'machines.lock' },
      { method: 'POST', path: '/machines/:id/unlock', handler: 'machines.unlock' },
    ].map((route) => ({ ...route, config: { auth: frontEndAuth(strapi) } })),
  ],
});
