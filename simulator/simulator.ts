import type { Customer } from './cloud/customer';
import type { MachineState, MachineView } from './cloud/machine';
import type { Fridge } from './fridge/fridge';
import type { FaultSpec } from './faults/registry';
import type { ReceivedCommand, SentFrame } from './journal';
import type { CutMode } from './wire/frames';

/** What can be changed at a machine from outside. `state: 'free'` ends whatever goes on there, and tells nobody. */
export interface MachinePatch {
  offline?: boolean;
  expired?: boolean;
  state?: 'free';
}

/** A running simulator. Whatever takes a `uid` throws a `SimulatorError` for a machine that does not exist. */
export interface Simulator {
  /** `ws://127.0.0.1:PORT/publicV2` */
  readonly url: string;
  /** `http://127.0.0.1:PORT` */
  readonly httpUrl: string;
  /** Play the customer. */
  customer(uid: string): Customer;
  /** The inside of a machine: stock its shelves, put in a device with a key of Larder's, show something to its reader. */
  fridge(uid: string): Fridge;
  /** Replaces all faults. Throws a `FaultError`, and changes nothing, where one is wrong. */
  setFaults(faults: readonly FaultSpec[]): void;
  addFault(fault: FaultSpec): void;
  clearFaults(): void;
  faults(): FaultSpec[];
  setMachine(uid: string, patch: MachinePatch): void;
  machine(uid: string): MachineView;
  machines(): MachineView[];
  /** The commands received (the last 20,000), oldest first; the token is removed. */
  commands(uid?: string): ReceivedCommand[];
  /** The frames sent (the last 20,000), oldest first. */
  sent(uid?: string): SentFrame[];
  /** Clients connected. Half-open lines do not count. */
  connections(): number;
  /** Breaks every line, or the one that holds that machine's session. Returns how many were broken. */
  cut(mode: CutMode, uid?: string): number;
  /**
   * Sends any bytes (a string as text, a Buffer as a binary frame) to the line of a machine's session, to all lines,
   * or to those without a session. Returns how many it reached. Throws where the machine has no line.
   */
  inject(raw: string | Buffer, to: { machine: string } | 'all' | 'idle'): number;
  /** Waits for a state, or for what a predicate asks. Rejects after `timeoutMs` (2,000 where not given). */
  until(uid: string, wanted: MachineState | ((view: MachineView) => boolean), timeoutMs?: number): Promise<void>;
  /** Drops every line, ends every timer and closes the port. */
  stop(): Promise<void>;
}
