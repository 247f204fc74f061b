/**
 * Brings a clone to where its commands can run: packages as the lock file has them, and a build as new as the sources.
 * Plain JavaScript, because it runs before anything is installed. Does nothing where there is nothing to do.
 */
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';

const root = path.resolve(import.meta.dirname, '..');
const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm';

step('node_modules/.larder-packages', ['package-lock.json'], 'Installing packages (a minute or two)', [
  'ci',
  '--no-audit',
  '--no-fund',
]);
step(
  'dist/.larder-build',
  ['package-lock.json', 'tsconfig.json', 'config', 'database', 'src', 'scripts'],
  'Building the server and the admin panel (about a minute)',
  ['run', 'build'],
);

/** Runs `npm` with `args` unless `stamp` holds the fingerprint of `sources`. */
function step(stamp, sources, saying, args) {
  const file = path.join(root, stamp);
  const wanted = fingerprint(sources);
  if (existsSync(file) && readFileSync(file, 'utf8') === wanted) return;
  console.log(`${saying} …`);
  execFileSync(npm, args, { cwd: root, stdio: 'inherit' });
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, wanted);
}

function fingerprint(sources) {
  const hash = createHash('sha256');
  for (const file of sources
    .map((source) => path.join(root, source))
    .filter(existsSync)
    .flatMap(filesIn)) {
    hash.update(path.relative(root, file)).update('\0').update(readFileSync(file)).update('\0');
  }
  return hash.digest('hex');
}

function filesIn(entry) {
  if (!statSync(entry).isDirectory()) return [entry];
  return readdirSync(entry)
    .sort()
    .flatMap((name) => filesIn(path.join(entry, name)));
}
