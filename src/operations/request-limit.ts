import type { Core } from '@strapi/strapi';
import { refuse } from '../shared/http';
import { within } from '../shared/within';

/** Beyond the time that `POST open` may wait for a fridge, in milliseconds. */
const BESIDE_OPENING_MS = 10_000;

/**
 * Answers 503 where an API request takes longer than anybody waits, as it does when every statement is slow. What it had
 * begun goes on unseen; `ctx.state.isGivenUp` tells it that nobody waits any more. A stream is not cut: it has begun to answer.
 */
export function limitRequests(strapi: Core.Strapi): void {
  const limitMs = strapi.config.get<number>('plugin::purchases.openReplyWithinMs') + BESIDE_OPENING_MS;
  strapi.server.use(async (ctx, next) => {
    if (!ctx.path.startsWith('/api/')) return next();
    if ((await within(limitMs, next())) === 'done') return;
    ctx.state.isGivenUp = true;
    strapi.log.warn(`${ctx.method} ${ctx.path} was given up after ${limitMs} ms.`);
    refuse(ctx, 503, 'timeout', 'It took too long. Please try again in a moment.');
  });
}
