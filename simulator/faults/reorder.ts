import { z } from 'zod';
import { common, defineFault } from './define';
import { framesOf, framesSchema } from './frames-of';

/** The pushes of a session are held for `ms`, or until its completion, and come in another order. */
export const reorder = defineFault({
  serves: 'G8',
  says: {
    en: 'pushes within ms of each other come in another order',
    fr: 'les trames poussées en moins de ms arrivent dans le désordre',
  },
  schema: z.strictObject({
    name: z.literal('reorder'),
    ...common,
    frames: framesSchema.default('pushes'),
    ms: z.number().int().min(1).default(100),
  }),
  arm: ({ frames, ms }) => ({
    wants: framesOf(frames),
    frame: (frame, { random }) => [{ ...frame, shuffle: { ms, random } }],
  }),
});
