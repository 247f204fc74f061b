import { z } from 'zod';

/** One physical meal, as whoever fills the shelves writes it down. */
export const mealSchema = z.strictObject({
  barcode: z.string().regex(/^[!-+\--~]{1,80}$/, 'must be printable ASCII without comma and space, 80 at most'),
  vpn: z.string().min(1).max(64),
  /** The uid of the one machine it stands in; left out, it may stand in any that is filled with the list. */
  machine: z.string().min(1).max(64).optional(),
  /** A day or a time, shown as it is written. */
  expiresAt: z.string().min(1).max(40).optional(),
  area: z.enum(['free_for_all', 'subscription']).optional(),
  /** Whose name is on its label. */
  reservedFor: z.string().min(1).max(120).optional(),
});

export type MealSpec = z.infer<typeof mealSchema>;

/** A meal as anyone may see it. */
export interface MealView {
  readonly barcode: string;
  readonly vpn: string;
  readonly expiresAt: string | null;
  readonly area: 'free_for_all' | 'subscription';
  readonly reservedFor: string | null;
  readonly where: 'shelf' | 'hands';
}

/** How shelves are filled: so many of each product, or just these meals. */
export const stockSchema = z.union(
  [z.number().int().min(1).max(100), z.array(mealSchema).max(10_000)],
  'must be a number from 1 to 100, or a list of meals',
);

export type StockSpec = z.infer<typeof stockSchema>;

/** Whether a meal is for one customer alone. */
export function isReserved({ area, reservedFor }: MealSpec): boolean {
  return (area ?? (reservedFor === undefined ? 'free_for_all' : 'subscription')) === 'subscription';
}
