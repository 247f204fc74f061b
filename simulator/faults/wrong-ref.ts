import { z } from 'zod';
import { common, defineFault, type Scene } from './define';
import { framesOf, framesSchema } from './frames-of';

const MODES = ['timestamp', 'null', 'missing', 'number', 'other', 'finished'] as const;

/** The `ref` is not the one the command carried. */
export const wrongRef = defineFault({
  serves: 'G9',
  says: {
    en: 'frames carry another ref than the command did',
    fr: 'les trames portent un autre « ref » que la commande',
  },
  schema: z.strictObject({
    name: z.literal('wrong-ref'),
    ...common,
    mode: z.enum(MODES).default('timestamp'),
    frames: framesSchema.default('all'),
  }),
  arm: ({ mode, frames }) => ({
    wants: framesOf(frames),
    frame: (frame, scene) => {
      const { ref: _honest, ...body } = frame.body;
      return [{ ...frame, body: mode === 'missing' ? body : { ...body, ref: refOf(mode, scene) } }];
    },
  }),
});

function refOf(mode: (typeof MODES)[number], scene: Scene): unknown {
  const seconds = Math.floor(Date.now() / 1000);
  if (mode === 'null') return null;
  if (mode === 'number') return seconds;
  // Where no other session lives (or none has ended) there is no ref to borrow, and a timestamp is as foreign.
  if (mode === 'other') return scene.otherRef() ?? String(seconds);
  if (mode === 'finished') return scene.finishedRef() ?? String(seconds);
  return String(seconds);
}
