import { spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { secretsSchema } from './schema';

let home: string;
beforeEach(() => {
  home = mkdtempSync(path.join(os.tmpdir(), 'larder-secrets-'));
});
afterEach(() => rmSync(home, { recursive: true, force: true }));

/** What a process of its own in that folder takes for its secrets. */
function secretsOfAProcess(): Promise<string> {
  const code = `import(${JSON.stringify(pathToFileURL(path.join(__dirname, 'development-secrets.ts')).href)})
    .then((module) => process.stdout.write(JSON.stringify((module.developmentSecrets ?? module.default.developmentSecrets)())))`;
  const tsx = pathToFileURL(require.resolve('tsx')).href;
  const child = spawn(process.execPath, ['--import', tsx, '-e', code], {
    cwd: home,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  return new Promise((resolve) => {
    let out = '';
    child.stdout.on('data', (chunk: Buffer) => (out += chunk.toString()));
    child.once('close', () => resolve(out));
  });
}

it('makes them once, also for several processes at once, and keeps them to itself', async () => {
  const told = await Promise.all([1, 2, 3].map(secretsOfAProcess));
  expect(new Set(told).size).toBe(1);
  expect(secretsSchema.safeParse(JSON.parse(told[0] ?? '')).success).toBe(true);
  expect(await secretsOfAProcess()).toBe(told[0]);

  const folder = path.join(home, '.data');
  expect(readdirSync(folder)).toEqual(['development-secrets.json']);
  const file = path.join(folder, 'development-secrets.json');
  expect(statSync(file).mode & 0o077).toBe(0);
  const values = Object.values(JSON.parse(readFileSync(file, 'utf8')) as Record<string, string>);
  expect(new Set(values).size).toBe(values.length);
}, 60_000);
