import type { Core } from '@strapi/strapi';
import { frontEndAuth } from '../../../../../shared/http';

const ROUTES = [
  { method: 'POST', path: '/transactions/:id/refunds', handler: 'refunds.create' },
  { method: 'GET', path: '/transactions/:id/refunds', handler: 'refunds.find' },
  { method: 'GET', path: '/billing/debts', handler: 'debts.find' },
];

/** Without the plugin's name before them: a refund belongs to its transaction. */
export const refundRoutes = ({ strapi }: { strapi: Core.Strapi }) => ({
  type: 'content-api',
  prefix: '',
  routes: ROUTES.map((route) => ({ ...route, config: { auth: frontEndAuth(strapi) } })),
});
