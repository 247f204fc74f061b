import type { Core } from '@strapi/strapi';
import { refuse } from '../../../../../shared/http';
import { billingOf } from '../services/room';
import { createStripe } from '../stripe/client';
import { receiveEvent, WEBHOOK_PATH } from './receive';

/** Answers Stripe's webhook; to be called after the requests are counted. With `PAYMENTS=record` there is none. */
export function serveWebhook(strapi: Core.Strapi): void {
  const room = billingOf(strapi);
  const endpoint = room && {
    parts: room.parts,
    webhookSecret: room.config.webhookSecret,
    webhooks: createStripe(room.config).webhooks,
  };
  strapi.server.use(async (ctx, next) => {
    if (ctx.path !== WEBHOOK_PATH) return next();
    if (!endpoint) return refuse(ctx, 404, 'not_found', 'Payments are only recorded here: there is no webhook.');
    if (ctx.method !== 'POST') return refuse(ctx, 405, 'method_not_allowed', 'Events are posted.');
    try {
      await receiveEvent(ctx, endpoint);
    } catch (error) {
      strapi.log.warn(`An event of Stripe was not taken in: ${(error as Error).message}`);
      refuse(ctx, 503, 'not_taken_in', 'Please try again in a moment.');
    }
  });
}
