import { z } from 'zod';
import { saysYes } from '../wire/lines';
import { stepOf, type FrameKind } from '../wire/names';
import { common, defineFault, type Hooks } from './define';

const COMMANDS = ['check', 'request', 'door'] as const;
const POINTS = [...COMMANDS, 'begun', 'door-result', 'open', 'taken', 'closed', 'completed'] as const;
const RESULT = { check: 'check-result', request: 'begun', door: 'door-result' } as const;

/**
 * The line breaks. At a command (check, request, door): before, it never reached the machine; after, it took effect and
 * its result is lost. At a frame (begun, door-result, taken, closed, completed): before or after it went out.
 * At open: `ms` after the door's result went out.
 */
export const cut = defineFault({
  serves: 'G1, G2, G3, G4, G5',
  says: {
    en: 'the line breaks at a point, before or after its effect',
    fr: 'la ligne se coupe à un moment donné, avant ou après l’effet',
  },
  schema: z.strictObject({
    name: z.literal('cut'),
    ...common,
    at: z.enum(POINTS).default('open'),
    when: z.enum(['before', 'after']).default('after'),
    mode: z.enum(['close', 'terminate', 'half-open']).default('terminate'),
    ms: z.number().int().min(0).default(0),
  }),
  arm: ({ at, when, mode, ms }): Hooks => {
    if (isCommand(at) && when === 'before') {
      return { loses: (command) => (stepOf(command.name) === at ? mode : undefined) };
    }
    const kind: FrameKind = isCommand(at) ? RESULT[at] : at === 'open' ? 'door-result' : at;
    const side = at === 'open' ? 'after' : isCommand(at) ? 'before' : when;
    return {
      // A refusal has no effect at the machine, so there is nothing for the line to break over; a check has none at all.
      wants: (frame) => frame.kind === kind && (saysYes(frame) || kind === 'check-result' || kind === 'completed'),
      frame: (frame) => [{ ...frame, cut: { when: side, mode, ms } }],
    };
  },
});

function isCommand(at: (typeof POINTS)[number]): at is (typeof COMMANDS)[number] {
  return COMMANDS.some((command) => command === at);
}
