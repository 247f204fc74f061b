import { z } from 'zod';
import type { WireFrame } from '../wire/frames';
import { common, defineFault } from './define';
import { framesOf, framesSchema } from './frames-of';

/** Every number is written as a text: `"status": "0"`, `"code": "1"`. */
export const numbersAsStrings = defineFault({
  serves: 'G11',
  says: { en: 'numbers are written as texts ("0", "-10")', fr: 'les nombres sont écrits en texte (« 0 », « -10 »)' },
  schema: z.strictObject({
    name: z.literal('numbers-as-strings'),
    ...common,
    frames: framesSchema.default('all'),
  }),
  arm: ({ frames }) => ({
    wants: framesOf(frames),
    frame: (frame) => {
      const text = JSON.stringify(frame.body, (_key, value: unknown) =>
        typeof value === 'number' ? String(value) : value,
      );
      return [{ ...frame, body: JSON.parse(text) as WireFrame }];
    },
  }),
});
