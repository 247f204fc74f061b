import { timingSafeEqual } from 'node:crypto';
import type { Core } from '@strapi/strapi';
import { collectDefaultMetrics, Gauge, type Registry } from 'prom-client';
import { getService as purchases } from '../plugins/purchases/server/src/services';
import { getService as vendron } from '../plugins/vendron/server/src/services';
import { refuse } from '../shared/http';
import { runtime } from '../shared/runtime';

/** `GET /metrics` in Prometheus' text format, for whoever holds METRICS_TOKEN; 404 where none is set. */
export function exposeMetrics(strapi: Core.Strapi): void {
  const { metrics } = runtime(strapi);
  const token = strapi.config.get<string | undefined>('larder.metricsToken');
  collectDefaultMetrics({ register: metrics });
  gauge(metrics, 'larder_purchases_live', 'Live purchases that this instance looks after', [], () => [
    [{}, purchases(strapi, 'purchases').gauges().live],
  ]);
  gauge(metrics, 'larder_journal_backlog', 'Events that wait for the database', [], () => [
    [{}, purchases(strapi, 'purchases').gauges().journalBacklog],
  ]);
  gauge(metrics, 'larder_gateway', 'Counters of the gateway since it started', ['what'], () => {
    const { orphans, malformed, oversized, reconnects, timeouts, waiting } = vendron(
      strapi,
      'gateway',
    ).gateway.metrics();
    return Object.entries({ orphans, malformed, oversized, reconnects, timeouts, waiting }).map(([what, n]) => [
      { what },
      n,
    ]);
  });
  gauge(metrics, 'larder_gateway_connections', 'Connections to Vendron by state', ['state'], () =>
    Object.entries(vendron(strapi, 'gateway').gateway.metrics().connections).map(([state, n]) => [{ state }, n]),
  );
  gauge(metrics, 'larder_gateway_frames', 'Frames since start, by direction and name', ['direction', 'name'], () => {
    const { framesIn, framesOut } = vendron(strapi, 'gateway').gateway.metrics();
    const of = (direction: string, frames: Readonly<Record<string, number>>) =>
      Object.entries(frames).map(([name, n]): Sample => [{ direction, name }, n]);
    return [...of('in', framesIn), ...of('out', framesOut)];
  });

  strapi.server.use(async (ctx, next) => {
    if (ctx.path !== '/metrics' || ctx.method !== 'GET') return next();
    if (token === undefined) return refuse(ctx, 404, 'not_found', 'Metrics are off: METRICS_TOKEN is not set.');
    if (!isSame(ctx.get('authorization'), `Bearer ${token}`))
      return refuse(ctx, 401, 'unauthorized', 'A metrics token is needed.');
    ctx.set('Content-Type', metrics.contentType);
    ctx.body = await metrics.metrics();
  });
}

type Sample = [labels: Record<string, string>, value: number];

function gauge(registry: Registry, name: string, help: string, labelNames: string[], read: () => Sample[]): void {
  new Gauge({
    name,
    help,
    labelNames,
    registers: [registry],
    collect() {
      this.reset();
      for (const [labels, value] of read()) this.set(labels, value);
    },
  });
}

function isSame(given: string, wanted: string): boolean {
  const [a, b] = [Buffer.from(given), Buffer.from(wanted)];
  return a.length === b.length && timingSafeEqual(a, b);
}
