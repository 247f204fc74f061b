import type { Core } from '@strapi/strapi';
import { frontEndAuth } from '../../../shared/http';

/** What the front end does at a fridge. Beside the stock `find` and `findOne` of `machine.ts`. */
export default ({ strapi }: { strapi: Core.Strapi }) => {
  const config = () => ({ auth: frontEndAuth(strapi) });
  return {
    routes: [
      { method: 'GET', path: '/machines/:id/status', handler: 'api::machine.machine.status', config: config() },
      { method: 'POST', path: '/machines/:id/open', handler: 'api::machine.machine.open', config: config() },
      { method: 'POST', path: '/me/door-token', handler: 'api::machine.machine.doorToken', config: config() },
    ],
  };
};
