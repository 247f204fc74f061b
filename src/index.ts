/** Wires the rooms together. */
import type { Core } from '@strapi/strapi';
import { releaseBootLock, runtime, takeBootLock } from './shared/runtime';

export default {
  async register({ strapi }: { strapi: Core.Strapi }) {
    await takeBootLock(strapi);
  },

  async bootstrap({ strapi }: { strapi: Core.Strapi }) {
    const { notifications, queue, schedule } = runtime(strapi);
    await queue.prepare();
    await releaseBootLock(strapi);
    // CLI commands bootstrap too: only a server that listens starts what keeps running.
    strapi.server.httpServer.once('listening', () => {
      notifications.start();
      queue.start();
      schedule.start();
    });
  },

  async destroy({ strapi }: { strapi: Core.Strapi }) {
    const { database, notifications, queue, schedule } = runtime(strapi);
    await schedule.stop();
    await queue.stop();
    await notifications.stop();
    await database.close();
  },
};
