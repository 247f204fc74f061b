import type { Core } from '@strapi/strapi';
import { frontEndAuth } from '../../../../../shared/http';

/** Below `/api`, without the plugin's name before them. */
export const subscriptionRoutes = ({ strapi }: { strapi: Core.Strapi }) => ({
  type: 'content-api',
  prefix: '',
  routes: [
    { method: 'POST', path: '/subscriptions', handler: 'subscriptions.begin' },
    { method: 'GET', path: '/subscriptions', handler: 'subscriptions.find' },
    { method: 'GET', path: '/subscriptions/:id', handler: 'subscriptions.findOne' },
    { method: 'POST', path: '/subscriptions/:id/pause', handler: 'subscriptions.pause' },
    { method: 'POST', path: '/subscriptions/:id/resume', handler: 'subscriptions.resume' },
    { method: 'POST', path: '/subscriptions/:id/end', handler: 'subscriptions.end' },
    { method: 'GET', path: '/reports/referrals', handler: 'reports.referrals' },
    { method: 'GET', path: '/reports/experts', handler: 'reports.experts' },
  ].map((route) => ({ ...route, config: { auth: frontEndAuth(strapi) } })),
});
