import { z } from 'zod';
import { refusal } from '../wire/codes';
import { failure } from '../wire/frames';
import { stepOf } from '../wire/names';
import { common, defineFault, type Hooks } from './define';

/** A command is refused with any code; or (complete) a completion says no, whatever the basket holds. */
export const refuse = defineFault({
  serves: 'G11',
  says: {
    en: 'a command or the completion is refused with a code',
    fr: 'une commande ou la fin est refusée avec un code',
  },
  schema: z.strictObject({
    name: z.literal('refuse'),
    ...common,
    command: z.enum(['check', 'request', 'door', 'complete']).default('request'),
    code: z.number().int().default(-5),
    as: z.enum(['number', 'string']).default('number'),
    message: z.string().optional(),
  }),
  arm: ({ command, code, as, message }): Hooks => {
    const why = { ...refusal(code, message), as };
    if (command !== 'complete') return { refuses: ({ name }) => (stepOf(name) === command ? why : undefined) };
    return {
      wants: ({ kind }) => kind === 'completed',
      frame: (frame) => [
        { ...frame, body: failure('completed', 'smart_fridge_request_completed', why, frame.body.ref).body },
      ],
    };
  },
});
