/**
 * A Strapi with Larder's content types and without Larder's ways: the stock route with populate, and an adapter of the
 * usual kind. It never listens on Strapi's own server, so that nothing of Larder's starts: no gateway, no sweeps.
 */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createStrapi, factories, type Core } from '@strapi/strapi';
import { createAdapter } from './adapter';

export type StockMessage = { readonly url: string; readonly token: string } | { readonly ended: string };

interface Tokens {
  create(token: {
    name: string;
    description: string;
    type: 'full-access';
    lifespan: null;
  }): Promise<{ accessKey: string }>;
}

const UID = 'api::transaction.transaction';

async function main(): Promise<void> {
  const app = await createStrapi({
    appDir: process.cwd(),
    distDir: `${process.cwd()}/dist`,
    autoReload: false,
    serveAdminPanel: false,
  }).load();
  const { accessKey } = await (app.service('admin::api-token') as unknown as Tokens).create({
    name: `bench ${process.pid}`,
    description: '',
    type: 'full-access',
    lifespan: null,
  });
  addRoutes(app, process.argv[2] ?? '');
  app.server.mount();
  const server = createServer(app.server.app.callback());
  server.listen(0, '127.0.0.1', () => {
    const { port } = server.address() as AddressInfo;
    tell({ url: `http://127.0.0.1:${port}`, token: accessKey });
  });
  for (const end of ['disconnect', 'SIGTERM'] as const) process.on(end, () => process.exit(0));
}

function addRoutes(app: Core.Strapi, vendronUrl: string): void {
  const adapter = createAdapter(app, vendronUrl, (id) => tell({ ended: id }));
  const controller = stockController(app);
  const config = { auth: { scope: [`${UID}.findOne`] } };
  app.server.routes({
    type: 'content-api',
    routes: [
      { method: 'GET', path: '/stock/:id', handler: controller, info: { type: 'content-api' }, config },
      { method: 'POST', path: '/adapter/open', handler: adapter, info: { type: 'content-api' }, config },
    ],
  } as unknown as Parameters<typeof app.server.routes>[0]);
}

/** `findOne` as Strapi generates it for a content type. */
function stockController(app: Core.Strapi) {
  const service = factories.createCoreService(UID)({ strapi: app });
  app.get('services').set(UID, service);
  const controller = factories.createCoreController(UID)({ strapi: app }) as unknown as {
    findOne(ctx: unknown, next: () => Promise<void>): Promise<unknown>;
  };
  return (ctx: unknown, next: () => Promise<void>) => controller.findOne(ctx, next);
}

function tell(message: StockMessage): void {
  process.send?.(message);
}

void main();
