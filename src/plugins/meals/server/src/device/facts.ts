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

const WHOSE = [
  /** For everybody. */
  'free',
  'own',
  /** Another customer's, or, for somebody without a name, any customer's. */
  'reserved',
  /** Ours, and by the books it does not stand in this machine. */
  'elsewhere',
  /** No meal of ours has this barcode. */
  'unknown',
] as const;

/** Whose meal it is, seen from whoever stands at the fridge. */
export type Whose = (typeof WHOSE)[number];

const SESSIONS = [
  'purchase',
  /** An operator fills the machine. */
  'restock',
  /** Nobody: the door was forced, or is not shut. */
  'none',
] as const;

/** Who had the door. */
export type Session = (typeof SESSIONS)[number];

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

/** Every case there is. */
export function everyFacts(): Facts[] {
  const both = [false, true];
  return ACTIONS.flatMap((action) =>
    SESSIONS.flatMap((session) =>
      WHOSE.flatMap((whose) =>
        both.flatMap((wasOut) =>
          both.flatMap((isOutdated) =>
            both.flatMap((isLate) =>
              both.map((isAsBilled) => ({ action, session, whose, wasOut, isOutdated, isLate, isAsBilled })),
            ),
          ),
        ),
      ),
    ),
  );
}
