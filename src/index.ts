/** Wires the rooms together, and starts and stops them in order. */
import type { Core } from '@strapi/strapi';
import { servePolls } from './api/transaction/http/poll';
import { countRequests, limitStop, stopServing } from './operations/drain';
import { exposeMetrics } from './operations/metrics';
import { exposeReadiness } from './operations/ready';
import { limitRequests } from './operations/request-limit';
import { surviveDatabaseLoss } from './operations/survive';
import { getService as alerts } from './plugins/alerts/server/src/services';
import { servePages } from './plugins/billing/server/src/pages/serve';
import { getService as billing } from './plugins/billing/server/src/services';
import { serveWebhook } from './plugins/billing/server/src/webhooks/serve';
import { recordPayments } from './plugins/purchases/server/src/conduct/record-payments';
import { device as mealsDevice } from './plugins/meals/server/src/device/http';
import { getService as meals } from './plugins/meals/server/src/services';
import { getService as purchases } from './plugins/purchases/server/src/services';
import { serveDevices } from './plugins/telemetry/server/src/http/serve-devices';
import { getService as telemetry } from './plugins/telemetry/server/src/services';
import { getService as vendron } from './plugins/vendron/server/src/services';
import { seed } from './seed';
import { searchByReference } from './seed/views/search';
import { releaseBootLock, runtime, takeBootLock } from './shared/runtime';
import { TOKEN_TRIGGERS } from './shared/tokens';
import { within } from './shared/within';

/** How long each step of a stop may wait for something outside, in milliseconds. */
const STOP_GRACE_MS = 2000;
/** How long all of it may take: whoever stops us kills after ten seconds (Docker) or more. */
const STOP_LIMIT_MS = 9000;

export default {
  async register({ strapi }: { strapi: Core.Strapi }) {
    surviveDatabaseLoss(strapi);
    countRequests(strapi);
    limitRequests(strapi);
    await takeBootLock(strapi);
    const { database, queue } = runtime(strapi);
    const notifier = alerts(strapi, 'notifier');
    const { finished } = alerts(strapi, 'webhooks');
    const { gateway, provide } = vendron(strapi, 'gateway');
    const room = purchases(strapi, 'purchases');

    const provider = billing(strapi, 'payments').provider ?? recordPayments;
    const mealsRoom = meals(strapi, 'meals');
    telemetry(strapi, 'telemetry').provide(mealsRoom.known);
    const ends = mealsRoom.inFrontOf({ payments: provider, finished });
    room.provide({ driver: gateway, payments: ends.payments, notifier, finished: [ends.finished] });
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
    searchByReference(strapi);
    servePolls(strapi);
    serveDevices(strapi, { 'meal-events': mealsDevice({ strapi }).events });
    serveWebhook(strapi);
    servePages(strapi);
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
      limitStop(STOP_LIMIT_MS);
      notifications.start();
      queue.start();
      schedule.start();
      vendron(strapi, 'gateway').gateway.start();
      room.start().catch((error: Error) => strapi.log.error(`The purchases did not start: ${error.message}`));
    });
  },

  async destroy({ strapi }: { strapi: Core.Strapi }) {
    const { database, locks, notifications, queue, schedule } = runtime(strapi);
    const room = purchases(strapi, 'purchases');
    await stopServing(strapi, STOP_GRACE_MS);
    // With the database away each of these could wait for ever; none has anything left to lose by being left.
    const ended = (work: Promise<unknown>) =>
      within(
        STOP_GRACE_MS,
        work.catch((error: Error) => strapi.log.warn(`While stopping: ${error.message}`)),
      );
    await ended(schedule.stop());
    room.letGo();
    await vendron(strapi, 'gateway').gateway.stop(STOP_GRACE_MS);
    await room.stop(STOP_GRACE_MS);
    await ended(Promise.all([queue.stop(), notifications.stop()]));
    await ended(Promise.all([locks.close(), database.close()]));
  },
};
