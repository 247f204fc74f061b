import { randomBytes } from 'node:crypto';
import { linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { secretsSchema } from './schema';

const FILE = path.join(process.cwd(), '.data', 'development-secrets.json');

/**
 * The secrets of this development machine, made on first use and kept in `.data/` (git ignores it), so that
 * log-ins outlive a restart. Never used in production.
 */
export function developmentSecrets(): Record<string, string> {
  return readSecrets() ?? makeSecrets();
}

function readSecrets(): Record<string, string> | undefined {
  try {
    return JSON.parse(readFileSync(FILE, 'utf8')) as Record<string, string>;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

function makeSecrets(): Record<string, string> {
  const names = Object.keys(secretsSchema.shape);
  const secrets = Object.fromEntries(names.map((name) => [name, randomBytes(32).toString('base64url')]));
  mkdirSync(path.dirname(FILE), { recursive: true });
  // Written aside and linked into place: of several processes starting together one wins, and none reads half a file.
  const draft = `${FILE}.${process.pid}`;
  writeFileSync(draft, JSON.stringify(secrets, null, 2), { mode: 0o600 });
  try {
    linkSync(draft, FILE);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  } finally {
    rmSync(draft, { force: true });
  }
  return readSecrets() ?? secrets;
}
