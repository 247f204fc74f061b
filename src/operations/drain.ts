/**
 * The end of serving: from the signal on nothing new is taken, whoever is being served is served to the end, and whoever
 * comes on a connection that is still open is told to go elsewhere.
 */
import type { Core } from '@strapi/strapi';
import { refuse } from '../shared/http';
import { within } from '../shared/within';

interface Drain {
  isStopping: boolean;
  inFlight: number;
  /** Called when the last request has been answered. */
  onIdle: () => void;
}

const drains = new WeakMap<Core.Strapi, Drain>();

/** Must be the first of our middlewares: it counts what all others do. */
export function countRequests(strapi: Core.Strapi): void {
  const drain: Drain = { isStopping: false, inFlight: 0, onIdle: () => undefined };
  drains.set(strapi, drain);
  strapi.server.use(async (ctx, next) => {
    if (drain.isStopping) {
      ctx.set('Connection', 'close');
      ctx.set('Retry-After', '1');
      return refuse(ctx, 503, 'stopping', 'This instance is stopping. Please try again.');
    }
    drain.inFlight += 1;
    try {
      await next();
    } finally {
      drain.inFlight -= 1;
      if (drain.inFlight === 0) drain.onIdle();
    }
  });
}

/** Ends the process after a signal, whatever still hangs: an orderly stop that takes for ever is none. */
export function limitStop(limitMs: number): void {
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.once(signal, () => setTimeout(() => process.exit(1), limitMs).unref());
  }
}

/** Closes the port and waits for the requests at hand, at most `graceMs` milliseconds. A stream is not waited for. */
export async function stopServing(strapi: Core.Strapi, graceMs: number): Promise<void> {
  const drain = drains.get(strapi);
  if (!drain) return;
  drain.isStopping = true;
  const { httpServer } = strapi.server;
  if (httpServer.listening) httpServer.close();
  if (drain.inFlight > 0) await within(graceMs, new Promise<void>((resolve) => (drain.onIdle = resolve)));
}
