import type { Core } from '@strapi/strapi';
import { deviceOrFrontEndAuth } from '../../../plugins/telemetry/server/src/http/device-auth';
import { frontEndAuth } from '../../../shared/http';

/** What the front end does at a fridge; its door a reader in it opens, too. Beside the stock `find` and `findOne` of `machine.ts`. */
export default ({ strapi }: { strapi: Core.Strapi }) => {
  const config = () => ({ auth: frontEndAuth(strapi) });
  const open = { handler: 'api::machine.machine.open', config: { auth: deviceOrFrontEndAuth(strapi) } };
  return {
    routes: [
      { method: 'GET', path: '/machines/:id/status', handler: 'api::machine.machine.status', config: config() },
      { method: 'POST', path: '/machines/:id/open', ...open },
      { method: 'POST', path: '/me/door-token', handler: 'api::machine.machine.doorToken', config: config() },
    ],
  };
};
