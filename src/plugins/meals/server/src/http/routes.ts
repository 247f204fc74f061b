import type { Core } from '@strapi/strapi';
import { frontEndAuth } from '../../../../../shared/http';
import { deliveries } from './deliveries';
import { inventory } from './inventory';
import { labels } from './labels';
import { lots } from './lots';
import { restocks } from './restocks';

/** Their names are part of the actions that a token is granted. */
export const stockControllers = { deliveries, inventory, labels, lots, restocks };

const ROUTES = [
  { method: 'GET', path: '/machines/:id/inventory', handler: 'inventory.find' },
  { method: 'POST', path: '/machines/:id/deliveries', handler: 'deliveries.create' },
  { method: 'POST', path: '/machines/:id/restocks', handler: 'restocks.start' },
  { method: 'GET', path: '/restocks/:id', handler: 'restocks.findOne' },
  { method: 'POST', path: '/restocks/:id/in', handler: 'restocks.takeIn' },
  { method: 'POST', path: '/restocks/:id/out', handler: 'restocks.takeOut' },
  { method: 'POST', path: '/restocks/:id/count', handler: 'restocks.count' },
  { method: 'POST', path: '/restocks/:id/close', handler: 'restocks.close' },
  { method: 'GET', path: '/meals/labels', handler: 'labels.find' },
  { method: 'GET', path: '/lots', handler: 'lots.find' },
  { method: 'POST', path: '/lots/:id/stop', handler: 'lots.stop' },
  { method: 'POST', path: '/lots/:id/release', handler: 'lots.release' },
  { method: 'POST', path: '/lots/:id/recall', handler: 'lots.recall' },
];

/** Without the plugin's name before them: what is in a machine belongs to the machine. */
export const stockRoutes = ({ strapi }: { strapi: Core.Strapi }) => ({
  type: 'content-api',
  prefix: '',
  routes: ROUTES.map((route) => ({ ...route, config: { auth: frontEndAuth(strapi) } })),
});
