import { z } from 'zod';
import { draw, rangeSchema } from '../range';
import { common, defineFault } from './define';
import { framesOf, framesSchema } from './frames-of';

/** Frames wait. What comes behind them on the same line waits too, unless it may overtake. */
export const delay = defineFault({
  serves: 'G3, G14',
  says: {
    en: 'frames wait ms (or 100-300); later ones may overtake',
    fr: 'les trames attendent ms (ou 100-300) ; les suivantes peuvent passer devant',
  },
  schema: z.strictObject({
    name: z.literal('delay'),
    ...common,
    frames: framesSchema.default('all'),
    ms: rangeSchema.default(1_000),
    overtake: z.boolean().default(false),
  }),
  arm: ({ frames, ms, overtake }) => ({
    wants: framesOf(frames),
    frame: (frame, { random }) => [{ ...frame, delayMs: draw(ms, random), overtake }],
  }),
});
