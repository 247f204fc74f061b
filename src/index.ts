/** Wires the rooms together, and starts and stops them in order. */
import type { Core } from '@strapi/strapi';
import { servePolls } from './api/transaction/http/poll';
import { exposeMetrics } from './operations/metrics';
import { exposeReadiness } from './operations/ready';
import { surviveDatabaseLoss } from './operations/survive';
import { getService as alerts } from './plugins/alerts/server/src/services';
import { recordPayments } from './plugins/purchases/server/src/conduct/record-payments';
import { getService as purchases } from './plugins/purchases/server/src/services';
import { getService as vendron } from './plugins/vendron/server/src/services';
import { seed } from './seed';
import { releaseBootLock, runtime, takeBootLock } from './shared/runtime';
import { TOKEN_TRIGGERS } from './shared/tokens';

/** How long a stopping process waits for purchases to let go of their connections, in milliseconds. */
const STOP_GRACE_MS = 2000;

export default {
  async register({ strapi }: { strapi: Core.Strapi }) {
    surviveDatabaseLoss(strapi);
    await takeBootLock(strapi);
    const { database, queue } = runtime(strapi);
    const notifier = alerts(strapi, 'notifier');
    const { finished } = alerts(strapi, 'webhooks');
    const { gateway, provide } = vendron(strapi, 'gateway');
    const room = purchases(strapi, 'purchases');

    room.provide({ driver: gateway, payments: recordPayments, notifier, finished: [finished] });
    const tell = (job: ReturnType<typeof notifier.resolve>) =>
      queue.send(database, [job]).catch((error: Error) => strapi.log.warn(`An alert was not sent: ${error.message}`));
    provide({
      onOrphan: room.onStray,
      onUp: () => void tell(notifier.resolve('gateway_down', null)),
      onDown: (reason) =>
        void tell(
          notifier.raise({
            cause: 'gateway_down',
            severity: 'urgent',
            occurrence: `gateway_down:${new Date().toISOString()}`,
            machineId: null,
            transactionId: null,
            customerId: null,
            message: `There is no connection to Vendron: ${reason}`,
            vendorMessage: null,
          }),
        ),
    });
    servePolls(strapi);
    exposeReadiness(strapi);
    exposeMetrics(strapi);
  },

  async bootstrap({ strapi }: { strapi: Core.Strapi }) {
    const { database, notifications, queue, schedule } = runtime(strapi);
    const room = purchases(strapi, 'purchases');
    await room.prepare();
    for (const statement of TOKEN_TRIGGERS) await database.rows(statement);
    await queue.prepare();
    await seed(strapi);
    await releaseBootLock(strapi);
    // CLI commands bootstrap too: only a server that listens starts what keeps running.
    strapi.server.httpServer.once('listening', () => {
      notifications.start();
      queue.start();
      schedule.start();
      vendron(strapi, 'gateway').gateway.start();
      room.start().catch((error: Error) => strapi.log.error(`The purchases did not start: ${error.message}`));
    });
  },

  async destroy({ strapi }: { strapi: Core.Strapi }) {
    const { database, notifications, queue, schedule } = runtime(strapi);
    await schedule.stop();
    await purchases(strapi, 'purchases').stop();
    await vendron(strapi, 'gateway').gateway.stop(STOP_GRACE_MS);
    await queue.stop();
    await notifications.stop();
    await database.close();
  },
};
