/**
 * A folder for one running demo: `.data/demo`, or `.data/demo-2` and so on where others are running in this clone.
 * It is kept afterwards, because making a new PostgreSQL takes longer than starting one that is there.
 */
import { linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';

export interface Place {
  readonly folder: string;
  /** Lets the next demo have it. */
  leave(): void;
}

/** Takes the first folder that no live process holds. */
export function takePlace(root: string): Place {
  for (let n = 1; ; n += 1) {
    const folder = path.join(root, '.data', n === 1 ? 'demo' : `demo-${n}`);
    mkdirSync(folder, { recursive: true });
    const claim = path.join(folder, 'claim');
    if (take(claim)) return { folder, leave: () => rmSync(claim, { force: true }) };
  }
}

function take(claim: string): boolean {
  // Written aside and linked into place: of several demos starting together one wins, and none reads half a number.
  const draft = `${claim}.${process.pid}`;
  writeFileSync(draft, String(process.pid));
  try {
    if (isFree(claim)) rmSync(claim, { force: true });
    linkSync(draft, claim);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  } finally {
    rmSync(draft, { force: true });
  }
}

/** Whether nobody claims it, or a process that is gone. */
function isFree(claim: string): boolean {
  let pid: number;
  try {
    pid = Number(readFileSync(claim, 'utf8'));
  } catch {
    return true;
  }
  if (pid === process.pid) return true;
  try {
    process.kill(pid, 0);
    return false;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ESRCH';
  }
}
