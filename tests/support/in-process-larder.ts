/** A Larder from `dist/` inside the test's own process, for what is looked up or changed in Strapi itself. Nothing listens, no worker runs. */
import { randomUUID } from 'node:crypto';
import path from 'node:path';
import { createStrapi, type Core } from '@strapi/strapi';
import request from 'supertest';
import { createTestDatabase } from './database';

/** The password of everybody who joins the panel. */
export const PASSWORD = 'Secret123';

/** An entry of each type whose rows a test may want, as little as can be stored. */
export const ROWS = {
  'api::machine.machine': { label: 'Lobby', vendorId: 'VM-1', driver: 'vendron', salesLocked: false },
  'api::transaction.transaction': { ref: 'ref-1', state: 'completed', currency: 'EUR', authorizedAmount: 0 },
  'api::transaction.line': { sku: 'A', name: 'A', quantity: 1, unitAmount: 1, amount: 1, currency: 'EUR' },
  'api::event.event': { name: 'open', kind: 'command', receivedAt: new Date() },
  'api::incident.incident': { cause: 'test', title: 'Test', firstAt: new Date(), lastAt: new Date() },
} as const;

export interface InProcessLarder {
  /** The one that booted last. */
  readonly strapi: Core.Strapi;
  /** Boots it again on the same database, with settings over those of `config/`. */
  boot(settings?: Record<string, unknown>): Promise<void>;
  api(): ReturnType<typeof request>;
  /** Logs in to the panel; answers the token that its calls carry. */
  logIn(email: string, password?: string): Promise<string>;
  /** Makes an account in the panel with that role, and logs in with it. */
  join(email: string, roleId: number): Promise<string>;
  /** Strapi's own queries, past every permission. */
  query: Core.Strapi['db']['query'];
  /** A new entry of that type; what tells entries apart is drawn anew. */
  stored(uid: keyof typeof ROWS): Promise<{ id: number; documentId: string }>;
  customer(data: Record<string, unknown>): Promise<{ documentId: string }>;
  stop(): Promise<void>;
}

/** Boots on a database of its own. @param env goes into this process, and stays. @param from what is in the database before. */
export async function bootInProcess(
  env: Readonly<Record<string, string>>,
  from?: 'template' | 'nothing',
): Promise<InProcessLarder> {
  const database = await createTestDatabase(from);
  Object.assign(process.env, { DATABASE_URL: database.url, LOG_LEVEL: 'error', ...env });
  let strapi: Core.Strapi | undefined;
  const current = () => {
    if (!strapi) throw new Error('It has not booted.');
    return strapi;
  };
  const larder: InProcessLarder = {
    get strapi() {
      return current();
    },
    async boot(settings = {}) {
      await strapi?.destroy();
      const app = createStrapi({
        appDir: process.cwd(),
        distDir: path.resolve('dist'),
        autoReload: false,
        serveAdminPanel: false,
      });
      for (const [name, value] of Object.entries(settings)) app.config.set(name, value);
      strapi = await app.load();
      strapi.server.mount();
    },
    api: () => request(current().server.httpServer),
    async logIn(email, password = PASSWORD) {
      const { body } = await larder.api().post('/admin/login').send({ email, password }).expect(200);
      return (body as { data: { token: string } }).data.token;
    },
    async join(email, roleId) {
      const account = { firstname: 'Olive', lastname: 'Operator', email, password: PASSWORD, isActive: true };
      await current()
        .service('admin::user')
        .create({ ...account, registrationToken: null, roles: [roleId] });
      return larder.logIn(email);
    },
    query: (uid) => current().db.query(uid),
    async stored(uid) {
      const own = ['vendorId', 'ref'].filter((name) => name in ROWS[uid]).map((name) => [name, randomUUID()]);
      const documentId = randomUUID().replaceAll('-', '');
      return larder.query(uid).create({ data: { ...ROWS[uid], ...Object.fromEntries(own), documentId } });
    },
    async customer(data) {
      const username = randomUUID();
      const documentId = username.replaceAll('-', '');
      const email = `${username}@example.org`;
      return larder.query('plugin::users-permissions.user').create({ data: { documentId, username, email, ...data } });
    },
    async stop() {
      await strapi?.destroy();
      await database.drop();
    },
  };
  await larder.boot().catch(async (error: unknown) => {
    await larder.stop();
    throw error;
  });
  return larder;
}
