import { z } from 'zod';
import { SimulatorError } from '../errors';
import { Random, derivedSeed } from '../random';
import { draw, rangeSchema } from '../range';
import type { Cloud } from './cloud';
import { customerOf } from './customer';
import type { Machine } from './machine';
import type { Session } from './session';

/** How the customer behaves where nobody plays one. Times are milliseconds; 0 is at once. */
export const autoplaySchema = z.strictObject({
  /** Products taken: at least and at most. */
  take: z.tuple([z.number().int().min(0), z.number().int().min(0)]).default([1, 4]),
  /** How often one of them is put back. */
  putBack: z.number().min(0).max(1).default(0.2),
  /** Between the door and the first product, and from one to the next. */
  stepMs: rangeSchema.default(0),
  /** From the last product to closing the door. */
  closeAfterMs: rangeSchema.default(0),
});
export type AutoplaySpec = z.input<typeof autoplaySchema>;

/** Sends a customer to every door that opens. The same seed buys the same products, machine by machine. */
export function autoplay(cloud: Cloud, spec: z.output<typeof autoplaySchema>): void {
  const dice = new Map<string, Random>();
  const vpns = [...cloud.products.keys()];

  cloud.doorOpened = (machine, session) => {
    const random = dice.get(machine.uid) ?? new Random(derivedSeed(cloud.settings.seed, machine.uid));
    dice.set(machine.uid, random);
    const acts = plan(cloud, machine, random);
    const next = () => {
      const act = acts.shift();
      // The door may have been closed by hand, and somebody else's opened since.
      if (!act || !isOpenFor(machine, session)) return;
      attempt(act);
      if (acts.length > 0) wait(acts.length === 1 ? draw(spec.closeAfterMs, random) : draw(spec.stepMs, random));
    };
    const wait = (ms: number) => (ms > 0 ? void cloud.timers.after(ms, next) : next());
    wait(draw(acts.length === 1 ? spec.closeAfterMs : spec.stepMs, random));
  };

  function plan(on: Cloud, machine: Machine, random: Random): (() => void)[] {
    const customer = customerOf(on, machine);
    const taken = Array.from({ length: random.between(...spec.take) }, () => random.pick(vpns) ?? '');
    const acts = taken.map((vpn) => () => customer.take(vpn));
    const returned = taken.length > 0 && random.chance(spec.putBack) ? random.pick(taken) : undefined;
    if (returned !== undefined) acts.push(() => customer.putBack(returned));
    return [...acts, () => customer.close()];
  }
}

/** What a customer wants may have run out; then they go on to the next thing. */
function attempt(act: () => void): void {
  try {
    act();
  } catch (error) {
    if (!(error instanceof SimulatorError)) throw error;
  }
}

function isOpenFor(machine: Machine, session: Session): boolean {
  return machine.session === session && machine.state === 'open';
}
