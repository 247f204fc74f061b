import { SimulatorError } from '../errors';
import type { Timers } from '../timers';
import type { Machine, MachineState, MachineView } from './machine';

type Watcher = (machine: Machine) => void;

/** Tells whoever waits that a machine has changed. */
export class Watchers {
  private readonly everywhere = new Set<Watcher>();
  /** By machine, so that a thousand people waiting for a thousand doors do not all wake at each change. */
  private readonly waiting = new Map<Machine, Set<Watcher>>();
  private readonly giveUp = new Set<() => void>();

  constructor(private readonly timers: Timers) {}

  changed(machine: Machine): void {
    for (const watcher of this.everywhere) watcher(machine);
    for (const watcher of this.waiting.get(machine) ?? []) watcher(machine);
  }

  /** Calls `watcher` after every change of any machine, until the returned function is called. */
  watch(watcher: Watcher): () => void {
    this.everywhere.add(watcher);
    return () => this.everywhere.delete(watcher);
  }

  /** Resolves as soon as the machine is as wanted; rejects with a `SimulatorError` after `timeoutMs`, or at the stop. */
  until(machine: Machine, wanted: MachineState | ((view: MachineView) => boolean), timeoutMs: number): Promise<void> {
    const holds = () => (typeof wanted === 'string' ? machine.state === wanted : wanted(machine.view()));
    if (holds()) return Promise.resolve();
    const waiting = this.waiting.get(machine) ?? new Set();
    this.waiting.set(machine, waiting);

    return new Promise((resolve, reject) => {
      const end = () => {
        cancel();
        waiting.delete(watcher);
        this.giveUp.delete(stopped);
      };
      const fail = (why: string) => {
        end();
        const what = typeof wanted === 'string' ? `"${wanted}"` : 'as wanted';
        reject(new SimulatorError('timeout', `${machine.uid} is "${machine.state}" and was not ${what} ${why}.`));
      };
      const watcher = () => {
        if (!holds()) return;
        end();
        resolve();
      };
      const stopped = () => fail('when the simulator stopped');
      const cancel = this.timers.after(timeoutMs, () => fail(`within ${timeoutMs} ms`));
      waiting.add(watcher);
      this.giveUp.add(stopped);
    });
  }

  /** Rejects everyone who still waits. */
  stop(): void {
    for (const each of [...this.giveUp]) each();
  }
}
