import { mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';

const ROOT = path.resolve(__dirname, '../..');
const SHARED = ['dist', 'node_modules', 'package.json', 'public', 'scripts', 'src', 'tsconfig.json', 'favicon.png'];

export interface Clone {
  /** The working folder: the project as it is, with a `.data` of its own. */
  readonly folder: string;
  remove(): void;
}

/** A working folder to start Larder in whose embedded database is not the developer's. */
export function cloneOfProject(): Clone {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'larder-clone-'));
  for (const name of SHARED) symlinkSync(path.join(ROOT, name), path.join(folder, name));
  return { folder, remove: () => rmSync(folder, { recursive: true, force: true }) };
}
