import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';

/**
 * Removes a `postmaster.pid` that a crash left behind and whose number another program has by now: PostgreSQL takes any
 * living process of the same user for a server, and would refuse to start beside it.
 */
export function removeStalePidFile(folder: string): void {
  const file = path.join(folder, 'postmaster.pid');
  if (!existsSync(file)) return;
  const pid = Number(readFileSync(file, 'utf8').split('\n')[0]);
  const command = commandOf(pid);
  // Nobody with that number: PostgreSQL finds that out by itself.
  if (command === undefined || command.includes(folder)) return;
  rmSync(file, { force: true });
}

/** The command line of a living process; undefined where there is none, or where nobody can say. */
function commandOf(pid: number): string | undefined {
  if (!Number.isInteger(pid) || pid <= 0) return undefined;
  try {
    if (existsSync('/proc/self/cmdline')) return readFileSync(`/proc/${pid}/cmdline`, 'utf8');
    return execFileSync('ps', ['-o', 'command=', '-p', String(pid)], { encoding: 'utf8' });
  } catch {
    return undefined;
  }
}
