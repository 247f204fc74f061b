import { SimulatorError } from '../errors';
import { isReserved, type MealSpec, type MealView } from './meal';

/** The physical meals of one fridge: on its shelves, or in the customer's hands. */
export class Shelf {
  private readonly meals = new Map<string, MealSpec>();
  /** Barcodes, in the order taken. */
  private hands: string[] = [];

  constructor(meals: readonly MealSpec[]) {
    for (const meal of meals) this.meals.set(meal.barcode, meal);
  }

  /** A meal that stands on a shelf. Throws a `SimulatorError` where there is none of that barcode. */
  standing(barcode: string): MealSpec {
    const meal = this.meals.get(barcode);
    if (meal && !this.hands.includes(barcode)) return meal;
    throw new SimulatorError('not-on-shelf', `No meal with the barcode "${barcode}" is on the shelves.`, 'barcode');
  }

  /** What a hand finds that wants a product: free before reserved, and of those the one that expires first. */
  first(vpn: string): MealSpec {
    const [meal] = [...this.meals.values()]
      .filter((each) => each.vpn === vpn && !this.hands.includes(each.barcode))
      .sort((a, b) => Number(isReserved(a)) - Number(isReserved(b)) || compare(a.expiresAt, b.expiresAt));
    if (meal) return meal;
    throw new SimulatorError('not-on-shelf', `No meal with the vpn "${vpn}" is left on the shelves.`, 'vpn');
  }

  take({ barcode }: MealSpec): void {
    this.hands.push(barcode);
  }

  /** A meal in the customer's hands: of that barcode, or of that product the one taken last. */
  held(by: { readonly barcode: string } | { readonly vpn: string }): MealSpec | undefined {
    const held = this.hands.flatMap((barcode) => this.meals.get(barcode) ?? []);
    return held.filter((meal) => ('barcode' in by ? meal.barcode === by.barcode : meal.vpn === by.vpn)).pop();
  }

  putBack({ barcode }: MealSpec): void {
    this.hands = this.hands.filter((each) => each !== barcode);
  }

  /** The customer goes, with what they hold. */
  leave(): void {
    for (const barcode of this.hands) this.meals.delete(barcode);
    this.hands = [];
  }

  view(): MealView[] {
    return [...this.meals.values()].map((meal) => ({
      barcode: meal.barcode,
      vpn: meal.vpn,
      expiresAt: meal.expiresAt ?? null,
      area: isReserved(meal) ? 'subscription' : 'free_for_all',
      reservedFor: meal.reservedFor ?? null,
      where: this.hands.includes(meal.barcode) ? 'hands' : 'shelf',
    }));
  }
}

function compare(a = '9999', b = '9999'): number {
  return a < b ? -1 : Number(a > b);
}
