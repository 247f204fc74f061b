import { z } from 'zod';
import type { Random } from './random';

/** Milliseconds: one number, or `[least, most]` to be drawn from each time. */
export const rangeSchema = z.union(
  [
    z.number().int().min(0),
    z
      .tuple([z.number().int().min(0), z.number().int().min(0)])
      .refine(([least, most]) => least <= most, 'must be a range from the least to the most, such as 100-300'),
  ],
  { error: 'must be a whole number of milliseconds or a range such as 100-300' },
);

export type Range = z.infer<typeof rangeSchema>;

/** Milliseconds drawn from a range. */
export function draw(range: Range, random: Random): number {
  return typeof range === 'number' ? range : random.between(range[0], range[1]);
}
