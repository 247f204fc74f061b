/** The PostgreSQL of a run: new, with the settings it comes with (a commit waits for the disk), thrown away at the end. */
import { existsSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { startCluster, type Cluster } from '../../scripts/postgres/cluster';
import { dataFolder } from '../../scripts/postgres/places';

export interface Postgres extends Cluster {
  /** The process that all of PostgreSQL's are children of. */
  readonly pid: number;
}

export async function startPostgres(project: string): Promise<Postgres> {
  const wanted = path.join(project, '.data', `bench-${process.pid}`, 'postgres');
  const folder = dataFolder(wanted);
  const pidFile = path.join(folder, 'postmaster.pid');
  const throwAway = () => {
    for (const place of [folder, wanted]) rmSync(path.dirname(place), { recursive: true, force: true });
  };
  try {
    const cluster = await startCluster(wanted);
    return {
      ...cluster,
      pid: Number(readFileSync(pidFile, 'utf8').split('\n')[0]),
      async stop() {
        // Ctrl-C may have reached it before us.
        if (existsSync(pidFile)) await cluster.stop().catch(() => undefined);
        throwAway();
      },
    };
  } catch (error) {
    throwAway();
    throw error;
  }
}
