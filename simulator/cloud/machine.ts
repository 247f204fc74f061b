import { z } from 'zod';
import type { ProductSpec } from '../catalogue';
import type { Fridge } from '../fridge/fridge';
import type { FridgeView } from '../fridge/view';
import type { Session } from './session';

/** A machine as its maker sets it up. */
export const machineSchema = z.strictObject({
  uid: z.string().min(1).max(64),
  label: z.string().min(1).max(200).optional(),
  offline: z.boolean().optional(),
  expired: z.boolean().optional(),
});
export type MachineSpec = z.infer<typeof machineSchema>;

export type MachineState = 'free' | 'requested' | 'open' | 'closing';

/** How the last session ended: as the cloud told it. */
export interface Outcome {
  session: string;
  basket: string[];
  /** Major units, as in `transaction_total`. */
  total: number;
}

/** What anyone may know of a machine. */
export interface MachineView {
  uid: string;
  label: string;
  state: MachineState;
  offline: boolean;
  expired: boolean;
  session?: string;
  /** The vpn of each product in the customer's hands, in the order taken. */
  basket: string[];
  /** `smart_fridge_door_open` commands received, ever, whether obeyed or not. */
  doorCommands: number;
  /** Times the door was in fact unlocked. */
  doorOpenings: number;
  last?: Outcome;
  /** Its shelves, sensors and device, where it was given any. */
  fridge?: FridgeView;
}

const PAST_KEPT = 4;

/** One fridge. */
export class Machine {
  readonly label: string;
  offline: boolean;
  expired: boolean;
  state: MachineState = 'free';
  session: Session | undefined;
  basket: ProductSpec[] = [];
  doorCommands = 0;
  doorOpenings = 0;
  last: Outcome | undefined;
  /** Sessions just ended, for frames that still wait. */
  past: Session[] = [];
  fridge: Fridge | undefined;

  constructor(
    readonly uid: string,
    spec: MachineSpec,
  ) {
    this.label = spec.label ?? `Fridge ${uid}`;
    this.offline = spec.offline ?? false;
    this.expired = spec.expired ?? false;
  }

  /** Ends the session, if there is one, and makes the machine free. */
  free(): void {
    if (this.session) {
      this.session.end();
      this.past.push(this.session);
      if (this.past.length > PAST_KEPT) this.past.shift();
    }
    this.session = undefined;
    this.state = 'free';
    this.basket = [];
    this.fridge?.left();
  }

  view(): MachineView {
    const { uid, label, state, offline, expired, session, doorCommands, doorOpenings, last } = this;
    const basket = this.basket.map(({ vpn }) => vpn);
    const seen = {
      uid,
      label,
      state,
      offline,
      expired,
      session: session?.id,
      basket,
      doorCommands,
      doorOpenings,
      last,
    };
    return this.fridge ? { ...seen, fridge: this.fridge.view() } : seen;
  }
}
