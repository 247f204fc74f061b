/** What the fridge saw, and what was known about it in that moment. */

export const ACTIONS = ['touched', 'taken', 'returned'] as const;

export type Action = (typeof ACTIONS)[number];

/** One thing that happened to a meal, as the device in the fridge tells it. */
export interface MealEvent {
  readonly barcode: string;
  readonly action: Action;
  /** Milliseconds since the epoch, by the device's clock. */
  readonly at: number;
  /** The device's own name for it; without one, barcode, action and time are its name. */
  readonly id: string | null;
}

/** Whose meal it is, seen from whoever stands at the fridge. */
export type Whose =
  /** For everybody. */
  | 'free'
  | 'own'
  /** Another customer's, or, for somebody without a name, any customer's. */
  | 'reserved'
  /** Ours, and by the books it does not stand in this machine. */
  | 'elsewhere'
  /** No meal of ours has this barcode. */
  | 'unknown';

/** Who had the door. */
export type Session =
  | 'purchase'
  /** An operator fills the machine. */
  | 'restock'
  /** Nobody: the door was forced, or is not shut. */
  | 'none';

/** Kept with the event: the answer to it follows from these alone, however often it is asked for. */
export interface Facts {
  readonly action: Action;
  readonly session: Session;
  readonly whose: Whose;
  /** By what the device said before, this very meal was taken in the same session and not put back. */
  readonly wasOut: boolean;
  /** A later word about the same meal in the same session came before this one. */
  readonly isOutdated: boolean;
  /** The meals of its purchase were looked for already: it changes nothing any more. */
  readonly isLate: boolean;
  /** For a late one: it says what was assumed without it. */
  readonly isAsBilled: boolean;
}
