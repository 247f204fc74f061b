import { rmSync } from 'node:fs';
import type { Cluster } from '../../scripts/postgres/cluster';

export default async function globalTeardown(): Promise<void> {
  const { cluster, folder } = (globalThis as unknown as { larderCluster: { cluster: Cluster; folder: string } })
    .larderCluster;
  await cluster.discard();
  rmSync(folder, { recursive: true, force: true });
}
