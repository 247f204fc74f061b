/** What processes use, as Linux tells it. Elsewhere every figure is NaN, shown as a dash. */
import { readdirSync, readFileSync } from 'node:fs';

/** Clock ticks a second in /proc; 100 on every Linux that Node runs on. */
const TICKS = 100;

/** Processor time since the process began, in milliseconds; with `andEnded`, that of its ended children too. */
export function cpuMs(pid: number, andEnded = false): number {
  const fields = statOf(pid);
  const ticks = (andEnded ? [11, 12, 13, 14] : [11, 12]).map((index) => Number(fields?.[index]));
  return (ticks.reduce((sum, each) => sum + each, 0) * 1000) / TICKS;
}

/** The same of a process and all its children, e.g. PostgreSQL's. */
export function cpuMsOfFamily(parent: number): number {
  const children = processes().filter((pid) => Number(statOf(pid)?.[1]) === parent);
  return children.reduce((sum, pid) => sum + (cpuMs(pid) || 0), cpuMs(parent, true));
}

/** Resident memory in MB (2^20 bytes). */
export function memoryMb(pid: number): number {
  return Number(/VmRSS:\s+(\d+) kB/.exec(read(`/proc/${pid}/status`))?.[1]) / 1024;
}

/** The fields of /proc/PID/stat from the third on (the state): the second may contain blanks. */
function statOf(pid: number): string[] | undefined {
  const text = read(`/proc/${pid}/stat`);
  return text === '' ? undefined : text.slice(text.lastIndexOf(')') + 2).split(' ');
}

function processes(): number[] {
  try {
    return readdirSync('/proc').map(Number).filter(Number.isInteger);
  } catch {
    return [];
  }
}

function read(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}
