/**
 * Adds to package-lock.json the optional packages of other platforms that npm left out: `node scripts/complete-lock.mjs`,
 * after every `npm install` that changed the lock.
 *
 * npm writes down only what the registry it saw could give it. Where a mirror lacks, say, the macOS build of a compiler,
 * the lock lacks it too, and then `npm ci` refuses to install anything, there and everywhere else. An entry with its
 * platform is enough: npm passes over it on every other one. It has no checksum, as nobody here has seen the package.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';

const OPERATING_SYSTEMS = [
  'aix',
  'android',
  'darwin',
  'freebsd',
  'linux',
  'netbsd',
  'openbsd',
  'openharmony',
  'sunos',
  'win32',
];
const PROCESSORS = ['arm64', 'arm', 'ia32', 'loong64', 'mips64el', 'ppc64', 'riscv64', 's390x', 'x64'];

const file = path.resolve(import.meta.dirname, '..', 'package-lock.json');
const lock = JSON.parse(readFileSync(file, 'utf8'));
const added = [];
for (const [location, { optionalDependencies = {}, dev, devOptional }] of Object.entries(lock.packages)) {
  for (const [name, version] of Object.entries(optionalDependencies)) {
    if (isThere(location, name)) continue;
    if (!/^\d/.test(version))
      throw new Error(`${name}@${version}, optional to ${location}, is no exact version: add it by hand.`);
    const home = lock.packages[`node_modules/${name}`] ? `${location}/node_modules/${name}` : `node_modules/${name}`;
    lock.packages[home] = {
      version,
      ...platformOf(name),
      ...(dev && { dev }),
      ...(devOptional && { devOptional }),
      optional: true,
    };
    added.push(`${name}@${version}`);
  }
}
if (added.length > 0) {
  const [root, ...rest] = Object.entries(lock.packages);
  lock.packages = Object.fromEntries([root, ...rest.sort(([a], [b]) => a.localeCompare(b, 'en'))]);
  writeFileSync(file, `${JSON.stringify(lock, null, 2)}\n`);
}
console.log(added.length === 0 ? 'The lock is complete.' : `Added ${added.length}:\n  ${added.join('\n  ')}`);

/** Whether Node, from `location` upwards, would find the package. */
function isThere(location, name) {
  for (let at = location; ; at = at.slice(0, Math.max(0, at.lastIndexOf('node_modules/') - 1))) {
    if (lock.packages[`${at === '' ? '' : `${at}/`}node_modules/${name}`]) return true;
    if (at === '') return false;
  }
}

/** `@rollup/rollup-linux-x64-musl` is for linux, x64 and musl. */
function platformOf(name) {
  const words = name.split(/[/-]/);
  const os = OPERATING_SYSTEMS.find((known) => words.includes(known));
  const cpu = PROCESSORS.find((known) => words.includes(known));
  if (!os || !cpu) throw new Error(`${name} does not tell its platform: add it by hand.`);
  const libc = words.find((word) => /^(gnu|musl)/.test(word));
  return {
    cpu: [cpu],
    os: [os],
    ...(os === 'linux' && libc && { libc: [libc.startsWith('musl') ? 'musl' : 'glibc'] }),
  };
}
