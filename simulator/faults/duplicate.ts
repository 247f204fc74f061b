import { z } from 'zod';
import { common, defineFault } from './define';
import { framesOf, framesSchema } from './frames-of';

/** A frame comes more than once; with `ms`, its copies come late, even after the session has ended. */
export const duplicate = defineFault({
  serves: 'G8',
  says: {
    en: 'frames come n times, the copies ms later',
    fr: 'les trames arrivent n fois, les copies ms plus tard',
  },
  schema: z.strictObject({
    name: z.literal('duplicate'),
    ...common,
    frames: framesSchema.default('all'),
    n: z.number().int().min(2).max(1_000).default(2),
    ms: z.number().int().min(0).default(0),
  }),
  arm: ({ frames, n, ms }) => ({
    wants: framesOf(frames),
    frame: (frame) => {
      const copy = () => ({ ...frame, cut: undefined, ...(ms > 0 && { delayMs: ms, overtake: true }) });
      return [frame, ...Array.from({ length: n - 1 }, copy)];
    },
  }),
});
