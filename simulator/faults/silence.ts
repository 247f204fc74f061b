import { z } from 'zod';
import { common, defineFault } from './define';
import { framesOf, framesSchema } from './frames-of';

/** Frames are never sent. What they tell of has happened at the machine all the same. */
export const silence = defineFault({
  serves: 'G8, G14',
  says: { en: 'frames are never sent', fr: 'des trames ne sont jamais envoyées' },
  schema: z.strictObject({
    name: z.literal('silence'),
    ...common,
    frames: framesSchema.default('results'),
  }),
  arm: ({ frames }) => ({ wants: framesOf(frames), frame: () => [] }),
});
