import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { removeStalePidFile } from './leftovers';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'larder-leftovers-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const file = () => path.join(folder, 'postmaster.pid');
const write = (pid: number | string) => writeFileSync(file(), `${pid}\n${folder}\n1\n5432\n`);

it('has nothing to do where there is no file', () => {
  expect(() => removeStalePidFile(folder)).not.toThrow();
});

it('removes the file when another program has that number', () => {
  write(process.pid);
  removeStalePidFile(folder);
  expect(existsSync(file())).toBe(false);
});

it('keeps the file of a process that serves this folder', async () => {
  const lives = `setInterval(() => undefined, 1000); console.log('here')`;
  const server = spawn(process.execPath, ['-e', lives, '--', '-D', folder]);
  try {
    // For a moment the system does not know its command line yet.
    await once(server.stdout, 'data');
    write(server.pid ?? 0);
    removeStalePidFile(folder);
    expect(existsSync(file())).toBe(true);
  } finally {
    server.kill('SIGKILL');
  }
});

it.each([2 ** 22 + 1, 0, -5, 'nonsense'])('leaves a number that nobody has (%s) to PostgreSQL', (pid) => {
  write(pid);
  removeStalePidFile(folder);
  expect(existsSync(file())).toBe(true);
});
