import type { Core } from '@strapi/strapi';
import { Client } from 'pg';

const locks = new WeakMap<Core.Strapi, Client>();

/**
 * Lets one instance at a time make its tables: Strapi loses instances that boot together on an empty database.
 * A process that dies while booting frees the lock with its connection.
 */
export async function takeBootLock(strapi: Core.Strapi): Promise<void> {
  const client = new Client({
    connectionString: strapi.config.get<string>('larder.databaseUrl'),
    application_name: 'larder-boot',
  });
  client.on('error', (error) => strapi.log.warn(`Boot lock: ${error.message}`));
  await client.connect();
  await client.query(`select pg_advisory_lock(hashtextextended('larder.boot', 0))`);
  locks.set(strapi, client);
}

export async function releaseBootLock(strapi: Core.Strapi): Promise<void> {
  const client = locks.get(strapi);
  locks.delete(strapi);
  await client?.end();
}
