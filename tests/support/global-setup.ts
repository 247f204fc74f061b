import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { startCluster } from '../../scripts/postgres/cluster';
import { fastFolder } from './fast-folder';
import { bootOnce } from './template';

/** Where the test files find the cluster of this run. */
export const CLUSTER_FILE_VARIABLE = 'LARDER_TEST_CLUSTER';

/** One PostgreSQL a run, and in it a template database that Larder has booted on. */
export default async function globalSetup(): Promise<void> {
  const folder = fastFolder('larder-tests-');
  const cluster = await startCluster(path.join(folder, 'postgres'), {
    fsync: 'off',
    synchronous_commit: 'off',
    full_page_writes: 'off',
    max_connections: '500',
  });
  (globalThis as { larderCluster?: unknown }).larderCluster = { cluster, folder };
  // The Larder that makes the template leaves its compiled code for all others.
  process.env.LARDER_TEST_CODE = folder;
  try {
    await cluster.createDatabase('larder_template');
    // Strapi runs its migrations at the second start; a copy of what was started once would run them for each test file.
    await bootOnce(cluster.url('larder_template'));
    await bootOnce(cluster.url('larder_template'));
  } catch (error) {
    await cluster.stop(); // the teardown does not run after a setup that failed
    throw error;
  }
  const file = path.join(folder, 'cluster.json');
  writeFileSync(file, JSON.stringify({ url: cluster.url('postgres'), template: 'larder_template' }));
  process.env[CLUSTER_FILE_VARIABLE] = file;
}
