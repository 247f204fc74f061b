import { SimulatorError } from '../errors';
import { success, toLines } from '../wire/frames';
import type { Cloud } from './cloud';
import { complete, push } from './completion';
import type { Machine } from './machine';
import type { Session } from './session';

/** The customer in front of one machine. Each act throws a `SimulatorError` where it is not possible. */
export interface Customer {
  /** Takes a product by its vpn; the whole basket is pushed. */
  take(vpn: string): void;
  /** Puts a product back; the whole basket is pushed. */
  putBack(vpn: string): void;
  /** Closes the door: the close and the completion are pushed. */
  close(): void;
}

/** The customer of a machine. */
export function customerOf(cloud: Cloud, machine: Machine): Customer {
  return {
    take(vpn) {
      const session = sessionWithOpenDoor(machine);
      const product = cloud.products.get(vpn);
      if (!product) throw new SimulatorError('unknown-product', `There is no product with the vpn "${vpn}".`, 'vpn');
      machine.basket = [...machine.basket, product];
      pushBasket(cloud, session);
    },
    putBack(vpn) {
      const session = sessionWithOpenDoor(machine);
      const index = machine.basket.map((product) => product.vpn).lastIndexOf(vpn);
      if (index < 0)
        throw new SimulatorError('not-in-basket', `The basket holds no product with the vpn "${vpn}".`, 'vpn');
      machine.basket = machine.basket.filter((_, i) => i !== index);
      pushBasket(cloud, session);
    },
    close() {
      const session = sessionWithOpenDoor(machine);
      if (cloud.faults.holdsDoor(machine.uid)) {
        cloud.journal.note('the door does not close (fault)', machine.uid);
        return;
      }
      machine.state = 'closing';
      cloud.watchers.changed(machine);
      const closed = { message: 'Door is locked', data: { door_status: 'LOCKED' } };
      push(cloud, session, success('closed', 'smart_fridge_door_close_success', closed, session.ref));
      complete(cloud, session);
    },
  };
}

function sessionWithOpenDoor(machine: Machine): Session {
  if (machine.state === 'open' && machine.session) return machine.session;
  throw new SimulatorError(
    'door-not-open',
    `The door of ${machine.uid} is not open (the machine is "${machine.state}").`,
  );
}

function pushBasket(cloud: Cloud, session: Session): void {
  const list = toLines(session.machine.basket);
  cloud.watchers.changed(session.machine);
  push(
    cloud,
    session,
    success('taken', 'smart_fridge_product_taken', { message: 'Products taken', list }, session.ref),
  );
}
