/**
 * The short way for `GET /api/transactions/:id`, which every customer at a fridge polls: ahead of Strapi's own stack, one
 * statement, the token check kept for seconds. Whatever is not plainly such a poll (a log-in, a browser's cross-origin
 * request, a token without the scope) goes the long way and gets its answer there.
 */
import type { Core } from '@strapi/strapi';
import { getService } from '../../../plugins/purchases/server/src/services';
import { refuse } from '../../../shared/http';
import { runtime } from '../../../shared/runtime';
import { DatabaseUnavailable } from '../../../shared/sql';

const PATH = /^\/api\/transactions\/([A-Za-z0-9_-]{1,120})$/;
/** A fridge's own reader polls, too; whose key that is, its route finds out. */
const DEVICE_KEY = /^Bearer ldk_/i;
const SCOPE = 'api::transaction.transaction.findOne';

export function servePolls(strapi: Core.Strapi): void {
  const { tokens } = runtime(strapi);

  strapi.server.use(async (ctx, next) => {
    const id = ctx.method === 'GET' ? PATH.exec(ctx.path)?.[1] : undefined;
    if (id === undefined || id === 'search' || ctx.querystring !== '' || ctx.headers.origin !== undefined)
      return next();
    if (DEVICE_KEY.test(ctx.headers.authorization ?? '')) return next();
    try {
      if (!(await tokens.allows(ctx.headers.authorization, SCOPE))) return await next();
      const view = await getService(strapi, 'purchases').findView(id, null);
      if (!view) return refuse(ctx, 404, 'transaction_not_found', 'There is no such transaction.');
      ctx.set('Cache-Control', 'no-store');
      ctx.type = 'application/json';
      ctx.body = view.json;
    } catch (error) {
      if (!(error instanceof DatabaseUnavailable)) throw error;
      refuse(ctx, 503, 'database_unavailable', 'Please try again in a moment.');
    }
  });
}
