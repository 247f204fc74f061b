import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';

/** Before the write leaves the process, or after it took effect and before the process hears of it. */
export type Flavour = 'before' | 'after';

/** The other end of `crash-preload.cjs`: says at which write a Larder is to die, and reads which writes it came to. */
export interface CrashOrder {
  readonly preload: string;
  readonly env: Readonly<Record<string, string>>;
  /** Counts from now on; the `at`-th write is the last. */
  arm(at: number, when: Flavour): void;
  disarm(): void;
  /** The writes counted since {@link CrashOrder.arm}. */
  seen(): string[];
  remove(): void;
}

export function createCrashOrder(): CrashOrder {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'larder-crash-'));
  const file = path.join(folder, 'order.json');
  return {
    preload: path.join(__dirname, 'crash-preload.cjs'),
    env: { LARDER_CRASH_FILE: file },
    arm(at, when) {
      rmSync(`${file}.seen`, { force: true });
      writeFileSync(file, JSON.stringify({ at, when }));
    },
    disarm: () => rmSync(file, { force: true }),
    seen: () => (existsSync(`${file}.seen`) ? readFileSync(`${file}.seen`, 'utf8').trim().split('\n') : []),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}
