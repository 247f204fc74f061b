import { rmSync } from 'node:fs';
import path from 'node:path';
import { startCluster, type Cluster } from '../../scripts/postgres/cluster';
import { openDatabase } from '../../src/shared/sql';
import type { TestDatabase } from './database';
import { fastFolder } from './fast-folder';
import { bootOnce } from './template';

export interface OwnCluster {
  readonly cluster: Cluster;
  readonly database: TestDatabase;
}

/** A PostgreSQL of a test's own, to be stopped and started, with one database that Larder has booted on. */
export async function startOwnCluster(): Promise<OwnCluster> {
  const folder = fastFolder('larder-own-');
  const cluster = await startCluster(path.join(folder, 'postgres'), { fsync: 'off', synchronous_commit: 'off' });
  await cluster.createDatabase('larder');
  const url = cluster.url('larder');
  await bootOnce(url);
  const sql = openDatabase({ url, maxConnections: 5 });
  return {
    cluster,
    database: {
      url,
      sql,
      async drop() {
        await sql.close();
        await cluster.discard();
        rmSync(folder, { recursive: true, force: true });
      },
    },
  };
}
