import { SimulatorError } from '../errors';
import { success } from '../wire/frames';
import type { Cloud } from './cloud';
import { complete, push } from './completion';
import { handsOn, pickUp, putDown } from './hands';
import type { Machine } from './machine';
import { pushBasket, sessionWithOpenDoor } from './open-session';

/** The customer in front of one machine. Each act throws a `SimulatorError` where it is not possible. */
export interface Customer {
  /** Takes a product by its vpn; the whole basket is pushed. Of a stocked fridge, the meal that is nearest at hand. */
  take(vpn: string): void;
  /** Puts a product back; the whole basket is pushed. */
  putBack(vpn: string): void;
  /** The same for one meal, by its barcode, of a fridge that was given stock. With a forced door, nobody is told but the scanner. */
  takeMeal(barcode: string): void;
  putBackMeal(barcode: string): void;
  /** Touches a meal without taking it. */
  touchMeal(barcode: string): void;
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
      pickUp(machine.fridge, machine.fridge?.shelf?.first(vpn));
      machine.basket = [...machine.basket, product];
      pushBasket(cloud, session);
    },
    putBack(vpn) {
      const session = sessionWithOpenDoor(machine);
      const index = machine.basket.map((product) => product.vpn).lastIndexOf(vpn);
      if (index < 0)
        throw new SimulatorError('not-in-basket', `The basket holds no product with the vpn "${vpn}".`, 'vpn');
      putDown(machine.fridge, machine.fridge?.shelf?.held({ vpn }));
      machine.basket = machine.basket.filter((_, i) => i !== index);
      pushBasket(cloud, session);
    },
    ...handsOn(cloud, machine),
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
