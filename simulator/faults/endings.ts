import { z } from 'zod';
import { draw, rangeSchema } from '../range';
import { common, defineFault } from './define';

/** The completion comes late. The machine is free in the meantime, unless `busy`. */
export const lateCompletion = defineFault({
  serves: 'G14',
  says: { en: 'the completion comes ms late', fr: 'la fin arrive ms plus tard' },
  schema: z.strictObject({
    name: z.literal('late-completion'),
    ...common,
    ms: rangeSchema.default(5_000),
    busy: z.boolean().default(false),
  }),
  arm: ({ ms, busy }) => ({ completion: (random) => ({ ms: draw(ms, random), busy }) }),
});

/** The completion never comes. The machine is free all the same, unless `busy`. */
export const neverComplete = defineFault({
  serves: 'G14',
  says: { en: 'the completion never comes', fr: 'la fin n’arrive jamais' },
  schema: z.strictObject({
    name: z.literal('never-complete'),
    ...common,
    busy: z.boolean().default(false),
  }),
  arm: ({ busy }) => ({ completion: () => ({ ms: Infinity, busy }) }),
});

/** The customer walks away: closing the door has no effect, and the machine stays open. */
export const neverClose = defineFault({
  serves: 'G14',
  says: { en: 'the door is never closed', fr: 'la porte n’est jamais refermée' },
  schema: z.strictObject({ name: z.literal('never-close'), ...common }),
  arm: () => ({ holdsDoor: true }),
});

/** Frames that could not be delivered are lost: a state check on a new line does not bring them. */
export const noResume = defineFault({
  serves: 'G4',
  says: {
    en: 'frames missed while the line was down are lost',
    fr: 'les trames manquées pendant une coupure sont perdues',
  },
  schema: z.strictObject({ name: z.literal('no-resume'), ...common }),
  arm: () => ({ deniesResume: true }),
});
