import { SimulatorError } from '../errors';
import type { Fridge } from '../fridge/fridge';
import type { MealSpec } from '../fridge/meal';
import type { Cloud } from './cloud';
import type { Customer } from './customer';
import type { Machine } from './machine';
import { pushBasket, sessionWithOpenDoor } from './open-session';

type Hands = Pick<Customer, 'takeMeal' | 'putBackMeal' | 'touchMeal'>;

/** What the customer does with single meals. */
export function handsOn(cloud: Cloud, machine: Machine): Hands {
  return {
    takeMeal(barcode) {
      const [fridge, reach] = within(machine);
      const meal = fridge.filled().standing(barcode);
      const product = cloud.products.get(meal.vpn);
      if (!product) throw new SimulatorError('unknown-product', `Nobody sells the vpn "${meal.vpn}".`, 'barcode');
      pickUp(fridge, meal);
      if (!reach) return cloud.watchers.changed(machine);
      machine.basket = [...machine.basket, product];
      pushBasket(cloud, reach);
    },
    putBackMeal(barcode) {
      const [fridge, reach] = within(machine);
      const meal = fridge.filled().held({ barcode });
      if (!meal) throw new SimulatorError('not-in-basket', `Nobody holds the meal "${barcode}".`, 'barcode');
      putDown(fridge, meal);
      if (!reach) return cloud.watchers.changed(machine);
      const index = machine.basket.map(({ vpn }) => vpn).lastIndexOf(meal.vpn);
      machine.basket = machine.basket.filter((_, i) => i !== index);
      pushBasket(cloud, reach);
    },
    touchMeal(barcode) {
      const [fridge] = within(machine);
      fridge.touch(barcode);
    },
  };
}

/** The shelves behind the door, and the session that it is open for: none where it was forced. */
function within(machine: Machine) {
  const { fridge } = machine;
  const session = fridge?.isForced && !machine.session ? undefined : sessionWithOpenDoor(machine);
  if (!fridge) throw new SimulatorError('no-shelf', `${machine.uid} has no shelves with meals: give it some stock.`);
  return [fridge, session] as const;
}

/** A meal leaves its shelf, and the scanner sees it. Nothing where there are no meals. */
export function pickUp(fridge: Fridge | undefined, meal: MealSpec | undefined): void {
  if (!fridge?.shelf || !meal) return;
  fridge.shelf.take(meal);
  fridge.tell('taken', meal);
}

/** A meal goes back to its shelf, and the scanner sees it. */
export function putDown(fridge: Fridge | undefined, meal: MealSpec | undefined): void {
  if (!fridge?.shelf || !meal) return;
  fridge.shelf.putBack(meal);
  fridge.tell('returned', meal);
}
