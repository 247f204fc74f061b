import type { Core } from '@strapi/strapi';
import { deviceOrFrontEndAuth } from '../../../plugins/telemetry/server/src/http/device-auth';
import { frontEndAuth } from '../../../shared/http';

const ROUTES = [
  { method: 'GET', path: '/transactions/search', handler: 'api::transaction.transaction.search' },
  { method: 'GET', path: '/transactions/:id/events', handler: 'api::transaction.transaction.events' },
  { method: 'GET', path: '/transactions/:id/stream', handler: 'api::transaction.transaction.stream' },
];

/** Purchases as the front end reads them. There is no stock route: nothing can be written, and nothing populated, here. */
export default ({ strapi }: { strapi: Core.Strapi }) => ({
  routes: [
    ...ROUTES.map((route) => ({ ...route, config: { auth: frontEndAuth(strapi) } })),
    // A fridge's reader shows how its own purchase goes.
    {
      method: 'GET',
      path: '/transactions/:id',
      handler: 'api::transaction.transaction.findOne',
      config: { auth: deviceOrFrontEndAuth(strapi) },
    },
  ],
});
