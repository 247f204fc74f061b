/** Where a run takes place: one PostgreSQL, and as many Larders and clouds, one after another, as the parts ask for. */
import { openDatabase, type Database } from '../../src/shared/sql';
import { seedFridges } from './fixtures';
import { startLarder, type Larder } from './larder';
import type { Postgres } from './postgres';
import type { Processes } from './processes';
import { startCloud, type Cloud } from './simulator';

export interface Scene {
  readonly databaseUrl: string;
  /** The bench's own way to the database. */
  readonly sql: Database;
  readonly cloud: Cloud;
  readonly larder: Larder;
  stop(): Promise<void>;
}

export interface SceneOptions {
  readonly machines: number;
  readonly autoplay: boolean;
  readonly env?: Readonly<Record<string, string>>;
}

export interface Stage {
  readonly project: string;
  readonly isQuick: boolean;
  readonly processes: Processes;
  readonly postgres: Postgres;
  /** A database of its own with Larder's tables. */
  database(): Promise<{ readonly url: string; readonly sql: Database }>;
  /** A cloud with that many fridges, a database that knows them, and a Larder in production between them. */
  scene(options: SceneOptions): Promise<Scene>;
}

/** Longest statement of the bench itself: filling the tables. Milliseconds. */
const STATEMENT_MS = 600_000;
const TEMPLATE = 'larder_template';

export function createStage(project: string, isQuick: boolean, processes: Processes, postgres: Postgres): Stage {
  let template: Promise<void> | undefined;
  let count = 0;

  const makeTemplate = async () => {
    await postgres.createDatabase(TEMPLATE);
    const options = {
      databaseUrl: postgres.url(TEMPLATE),
      vendronUrl: 'ws://127.0.0.1:9/none',
      until: 'listening',
    } as const;
    await (await startLarder(processes, project, options)).stop();
  };
  const database: Stage['database'] = async () => {
    await (template ??= makeTemplate());
    count += 1;
    const name = `bench_${count}`;
    await postgres.createDatabase(name, TEMPLATE);
    const url = postgres.url(name);
    return { url, sql: openDatabase({ url, maxConnections: 10, statementTimeoutMs: STATEMENT_MS }) };
  };

  return {
    project,
    isQuick,
    processes,
    postgres,
    database,
    async scene({ machines, autoplay, env = {} }) {
      const { url, sql } = await database();
      await seedFridges(sql, machines);
      const cloud = await startCloud(processes, project, { machines, autoplay });
      const larder = await startLarder(processes, project, {
        databaseUrl: url,
        vendronUrl: cloud.url,
        env,
        until: 'ready',
      });
      return {
        databaseUrl: url,
        sql,
        cloud,
        larder,
        async stop() {
          await larder.stop();
          await cloud.stop();
          await sql.close();
        },
      };
    },
  };
}
