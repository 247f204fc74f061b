/** What every room shares in one running Larder: the database, locks, notifications, API tokens, the queue, the sweeps, the metrics. */
import type { Core } from '@strapi/strapi';
import { Registry } from 'prom-client';
import { newDocumentId } from '../ids';
import { createQueue, type Queue } from '../queue';
import { createSchedule, type Schedule } from '../schedule';
import { createLocks, createNotifications, openDatabase, type Database, type Locks, type Notifications } from '../sql';
import { createTokenCheck, type TokenCheck } from '../tokens';

export interface Runtime {
  /** Names this process among the instances; new with every start. */
  readonly instance: string;
  readonly database: Database;
  readonly locks: Locks;
  readonly notifications: Notifications;
  readonly tokens: TokenCheck;
  readonly queue: Queue;
  readonly schedule: Schedule;
  readonly metrics: Registry;
}

const runtimes = new WeakMap<Core.Strapi, Runtime>();

/** The runtime of this application; made on first use. */
export function runtime(strapi: Core.Strapi): Runtime {
  let known = runtimes.get(strapi);
  if (!known) {
    known = createRuntime(strapi);
    runtimes.set(strapi, known);
  }
  return known;
}

function createRuntime(strapi: Core.Strapi): Runtime {
  const url = strapi.config.get<string>('larder.databaseUrl');
  const warn = (message: string) => strapi.log.warn(message);
  const database = openDatabase({
    url,
    maxConnections: strapi.config.get<number>('larder.databasePoolMax'),
    onIdleError: (error) => warn(`Database connection lost: ${error.message}`),
  });
  const locks = createLocks(url, warn);
  const notifications = createNotifications(url, warn);
  return {
    instance: newDocumentId(),
    database,
    locks,
    notifications,
    tokens: createTokenCheck(database, notifications, strapi.config.get<string>('admin.apiToken.salt')),
    queue: createQueue(url, warn),
    schedule: createSchedule(locks, warn),
    metrics: new Registry(),
  };
}
