import { SimulatorError } from '../errors';
import { success, toLines } from '../wire/frames';
import type { Cloud } from './cloud';
import { push } from './completion';
import type { Machine } from './machine';
import type { Session } from './session';

/** The session that a machine's door is open for. Throws a `SimulatorError` where it is not. */
export function sessionWithOpenDoor(machine: Machine): Session {
  if (machine.state === 'open' && machine.session) return machine.session;
  throw new SimulatorError(
    'door-not-open',
    `The door of ${machine.uid} is not open (the machine is "${machine.state}").`,
  );
}

/** Tells the whole basket, as a fridge does after each change of it. */
export function pushBasket(cloud: Cloud, session: Session): void {
  const list = toLines(session.machine.basket);
  cloud.watchers.changed(session.machine);
  push(
    cloud,
    session,
    success('taken', 'smart_fridge_product_taken', { message: 'Products taken', list }, session.ref),
  );
}
