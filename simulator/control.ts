import type { Cloud } from './cloud/cloud';
import type { Connection } from './cloud/connection';
import { SimulatorError } from './errors';
import type { MachinePatch } from './simulator';

/** Changes a machine from outside, and tells whoever watches it. */
export function patchMachine(cloud: Cloud, uid: string, patch: MachinePatch): void {
  const machine = cloud.machine(uid);
  machine.offline = patch.offline ?? machine.offline;
  machine.expired = patch.expired ?? machine.expired;
  if (patch.state === 'free') cloud.release(machine);
  else cloud.watchers.changed(machine);
}

/** The line that holds a machine's session, or held its last one; none where it is broken. */
export function linesOf(cloud: Cloud, uid: string): Connection[] {
  const machine = cloud.machine(uid);
  const session = machine.session ?? machine.past[machine.past.length - 1];
  return session?.holder ? [session.holder] : [];
}

/** Sends any bytes to some lines. Returns how many. Throws a `SimulatorError` where a machine was named and has none. */
export function inject(cloud: Cloud, raw: string | Buffer, to: { machine: string } | 'all' | 'idle'): number {
  const lines = typeof to === 'object' ? linesOf(cloud, to.machine) : [...cloud.connections];
  if (typeof to === 'object' && lines.length === 0) {
    throw new SimulatorError('no-line', `No line holds a session of ${to.machine}.`, 'machine');
  }
  const wanted = to === 'idle' ? lines.filter((line) => line.sessions.size === 0) : lines;
  for (const line of wanted) {
    line.write(raw);
    cloud.journal.sent(line.id, typeof to === 'object' ? to.machine : undefined, '(injected)', raw);
  }
  return wanted.length;
}
