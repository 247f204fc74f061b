import { factories } from '@strapi/strapi';
import { deviceOf } from '../../../plugins/telemetry/server/src/http/device-auth';
import { getService } from '../../../plugins/purchases/server/src/services';
import { callerOf, refuse, refuseFields, visibleUserId } from '../../../shared/http';
import { forReader } from '../http/reader-view';
import { parseKey, parseSearch } from '../http/requests';
import { streamPurchase } from '../http/stream';

interface JsonAnswer {
  type: string;
  body: unknown;
  status: number;
}

/** Text that is JSON already. Undefined is a 404: also for somebody else's purchase, so that nothing can be guessed. */
function sendJson(ctx: JsonAnswer, json: string | undefined): void {
  if (json === undefined) return refuse(ctx, 404, 'transaction_not_found', 'There is no such transaction.');
  ctx.type = 'application/json';
  ctx.body = json;
}

export default factories.createCoreController('api::transaction.transaction', ({ strapi }) => {
  const purchases = () => getService(strapi, 'purchases');
  return {
    /** `GET /transactions/:id`; polls by an API token are answered before they come here, see http/poll.ts. */
    async findOne(ctx) {
      const key = parseKey(ctx.params);
      if (!key.ok) return sendJson(ctx, undefined);
      const device = deviceOf(ctx.state);
      if (device) {
        const own = await purchases().findViewAt(key.value.id, device.machine.id);
        return sendJson(ctx, own && forReader(own));
      }
      const view = await purchases().findView(key.value.id, visibleUserId(callerOf(ctx.state)));
      sendJson(ctx, view?.json);
    },

    /** `GET /transactions/search` */
    async search(ctx) {
      const search = parseSearch(ctx.query, callerOf(ctx.state));
      if (!search.ok) return refuseFields(ctx, search.faults);
      sendJson(ctx, await purchases().search(search.value));
    },

    /** `GET /transactions/:id/events` */
    async events(ctx) {
      const key = parseKey(ctx.params);
      const userId = visibleUserId(callerOf(ctx.state));
      sendJson(ctx, key.ok ? await purchases().findHistory(key.value.id, userId) : undefined);
    },

    /** `GET /transactions/:id/stream` */
    async stream(ctx) {
      const key = parseKey(ctx.params);
      if (!key.ok) return sendJson(ctx, undefined);
      const userId = visibleUserId(callerOf(ctx.state));
      const read = () => purchases().findView(key.value.id, userId);
      const view = await read();
      if (!view) return sendJson(ctx, undefined);
      streamPurchase(ctx, view, read, purchases().feed);
    },
  };
});
