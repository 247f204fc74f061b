import type { Simulator } from '../../simulator';
import { eventually } from './eventually';

export interface VisitOptions {
  /** What is taken, one after the other; a meal at 6.50 where not given. */
  readonly skus?: readonly string[];
  /** Awaited before each thing the customer does, counted from 0: lets a test decide when. */
  readonly mayAct?: (step: number) => Promise<unknown>;
}

export interface Visit {
  /** True once the customer has closed the door, false where it never opened before {@link Visit.leave}. */
  readonly ended: Promise<boolean>;
  leave(): void;
}

/** A customer who stands at a fridge, takes something when its door opens, whenever that is, and closes it. */
export function visit(simulator: Simulator, machine: string, { skus = ['1001'], mayAct }: VisitOptions = {}): Visit {
  let hasLeft = false;
  const come = async () => {
    while (simulator.machine(machine).state !== 'open') {
      if (hasLeft) return false;
      await moment();
    }
    for (const [step, sku] of skus.entries()) {
      await moment();
      await mayAct?.(step);
      simulator.customer(machine).take(sku);
    }
    await moment();
    await mayAct?.(skus.length);
    simulator.customer(machine).close();
    return true;
  };
  return { ended: come(), leave: () => (hasLeft = true) };
}

/** Long enough for a frame to come alone rather than together with the next one. */
const moment = () => new Promise((resolve) => setTimeout(resolve, 25));

/** Waits until the doors of all these machines are open. */
export async function doorsOpen(simulator: Simulator, machines: readonly string[]): Promise<void> {
  await eventually(() => {
    for (const machine of machines) {
      if (simulator.machine(machine).state !== 'open') throw new Error(`The door of ${machine} is not open.`);
    }
  });
}
