import type { Core } from '@strapi/strapi';
import { frontEndAuth } from '../../../../../shared/http';
import { checkouts } from './checkouts';
import { customers } from './customers';
import { invoices } from './invoices';
import { receipts } from './receipts';

/** Of the web front; their names are part of the actions that a token is granted. */
export const webControllers = { customers, checkouts, receipts, invoices };

/** Below `/api/billing`. */
export function webRoutes(strapi: Core.Strapi) {
  return [
    { method: 'POST', path: '/customer', handler: 'customers.ensure' },
    { method: 'POST', path: '/checkout', handler: 'checkouts.start' },
    { method: 'GET', path: '/checkout/:id', handler: 'checkouts.findOne' },
    { method: 'GET', path: '/receipts/:id', handler: 'receipts.findOne' },
    { method: 'GET', path: '/invoices', handler: 'invoices.find' },
    { method: 'GET', path: '/invoices/:id', handler: 'invoices.findOne' },
  ].map((route) => ({ ...route, config: { auth: frontEndAuth(strapi) } }));
}
