import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';

/** Before the step leaves the process, or after it took effect and before the process hears of it. */
export type Flavour = 'before' | 'after';

/** What is counted: what a purchase writes and sends to its fridge, what becomes of its money, or what of its meals. */
export type Counted = 'purchase' | 'money' | 'meals';

/** The other end of `crash-preload.cjs`: says at which step a Larder is to die, and reads which steps it came to. */
export interface CrashOrder {
  readonly preload: string;
  readonly env: Readonly<Record<string, string>>;
  /**
   * Counts from now on, in the next purchase or refund, or in what goes by this name (a purchase's id, a meal's barcode); the
   * `at`-th step is the last. Without `at` nothing dies.
   */
  arm(at: number | null, when: Flavour, of?: Counted, name?: string): void;
  disarm(): void;
  /** The steps counted since {@link CrashOrder.arm}; those within a transaction begin with a `+`. */
  seen(): string[];
  remove(): void;
}

export function createCrashOrder(): CrashOrder {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'larder-crash-'));
  const file = path.join(folder, 'order.json');
  return {
    preload: path.join(__dirname, 'crash-preload.cjs'),
    env: { LARDER_CRASH_FILE: file },
    arm(at, when, of = 'purchase', name) {
      rmSync(`${file}.seen`, { force: true });
      // Two orders that read alike would be one to whoever reads them.
      writeFileSync(file, JSON.stringify({ at, when, of, name, id: performance.now() }));
    },
    disarm: () => rmSync(file, { force: true }),
    seen: () => (existsSync(`${file}.seen`) ? readFileSync(`${file}.seen`, 'utf8').trim().split('\n') : []),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}
