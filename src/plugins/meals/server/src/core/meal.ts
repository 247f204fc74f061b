/** A meal as it stands in a machine, as far as a purchase needs to know it. */
export interface StandingMeal {
  /** A row id. */
  readonly id: number;
  readonly barcode: string;
  readonly sku: string;
  /** Milliseconds since the epoch; null where nobody said. */
  readonly expiresAt: number | null;
  /** The user (a row id) whose name is on its label; null for a free-for-all meal. */
  readonly reservedFor: number | null;
  /** False where it may not be sold: past its date, of a stopped lot, or exposed to warmth. */
  readonly isSellable: boolean;
}

/** What a purchase may find of a meal that it took. */
export type TakenAs =
  /** The customer's own, with their name on it. */
  | 'own'
  | 'free'
  /** Free for all, and it should not have been sold any more. */
  | 'unsellable'
  /** Reserved for somebody else. */
  | 'reserved'
  /** No meal of this product is known to stand there. */
  | 'unknown';

/** One item of a purchase, and the meal that went with it where one is known. */
export interface Taken {
  readonly sku: string;
  readonly meal: StandingMeal | null;
  readonly as: TakenAs;
  /** Whether the fridge saw this very meal taken; else it is the likeliest one. */
  readonly isReported: boolean;
}
