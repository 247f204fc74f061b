import type { Core } from '@strapi/strapi';
import { getService as purchases } from '../plugins/purchases/server/src/services';
import { runtime } from '../shared/runtime';

/** Longest wait for the database before it counts as away, in milliseconds. */
const PATIENCE_MS = 2000;

/**
 * `GET /ready`: whether this instance can serve a purchase now. 200 or 503, with the state of each part; never a reason
 * that could hold an address or a secret.
 */
export function exposeReadiness(strapi: Core.Strapi): void {
  strapi.server.use(async (ctx, next) => {
    if (ctx.path !== '/ready' || (ctx.method !== 'GET' && ctx.method !== 'HEAD')) return next();
    const { database, queue } = await databaseAndQueue(strapi);
    const gateway = purchases(strapi, 'purchases').driverHealth();
    const isReady = database && queue && gateway.up;
    ctx.status = isReady ? 200 : 503;
    ctx.set('Cache-Control', 'no-store');
    ctx.body = {
      ready: isReady,
      database: database ? 'up' : 'down',
      queue: queue ? 'up' : 'down',
      gateway: gateway.up ? 'up' : 'down',
      connections: gateway.connections,
    };
  });
}

async function databaseAndQueue(strapi: Core.Strapi): Promise<{ database: boolean; queue: boolean }> {
  const { database } = runtime(strapi);
  let timer: NodeJS.Timeout | undefined;
  const impatience = new Promise<'late'>((resolve) => (timer = setTimeout(() => resolve('late'), PATIENCE_MS)));
  try {
    const look = database.rows<{ queue: boolean }>({
      name: 'operations.ready',
      text: `select to_regclass('pgboss.job') is not null as queue`,
    });
    const answer = await Promise.race([look, impatience]);
    if (answer === 'late') {
      look.catch(() => undefined); // its end no longer matters to anybody
      return { database: false, queue: false };
    }
    return { database: true, queue: answer[0]?.queue ?? false };
  } catch {
    return { database: false, queue: false };
  } finally {
    clearTimeout(timer);
  }
}
