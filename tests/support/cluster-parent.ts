/** A process of its own that runs an embedded PostgreSQL, for tests to kill: `tsx cluster-parent.ts FOLDER`. */
import { startCluster } from '../../scripts/postgres/cluster';

void startCluster(process.argv[2] ?? '').then((cluster) => {
  process.stdout.write(`${cluster.url('postgres')}\n`);
  process.on('SIGTERM', () => void cluster.stop().then(() => process.exit(0)));
  setInterval(() => undefined, 1000);
});
