import { z } from 'zod';
import { refusal } from '../wire/codes';
import { failure, type Outgoing } from '../wire/frames';
import { saysYes } from '../wire/lines';
import type { FrameKind } from '../wire/names';
import { common, defineFault, type Hooks } from './define';

const error = {
  code: z.number().int().default(-4),
  as: z.enum(['number', 'string']).default('number'),
  ms: z.number().int().min(0).default(0),
};

const NAMES = {
  check: 'check_machine_state_error',
  request: 'smart_fridge_request_error',
  door: 'smart_fridge_door_open_error',
} as const;

/** An error comes although the door has opened. The machine goes on as if nothing had been said. */
export const errorAfterOpen = defineFault({
  serves: 'G12',
  says: { en: 'an error comes after the door has opened', fr: 'une erreur arrive après l’ouverture de la porte' },
  schema: z.strictObject({
    name: z.literal('error-after-open'),
    ...common,
    ...error,
    result: z.enum(['check', 'request', 'door']).default('request'),
  }),
  arm: (spec) => follow('door-result', NAMES[spec.result], spec),
});

/** A `smart_fridge_request_error` comes although the request has begun. */
export const errorAfterBegun = defineFault({
  serves: 'G12',
  says: { en: 'an error comes after the request has begun', fr: 'une erreur arrive après le début de la demande' },
  schema: z.strictObject({ name: z.literal('error-after-begun'), ...common, ...error }),
  arm: (spec) => follow('begun', NAMES.request, spec),
});

function follow(kind: FrameKind, name: string, { code, as, ms }: z.output<z.ZodObject<typeof error>>): Hooks {
  return {
    wants: (frame) => frame.kind === kind && saysYes(frame),
    frame: (frame) => {
      const after: Outgoing = failure('other', name, { ...refusal(code), as }, frame.body.ref);
      return [frame, { ...after, delayMs: ms, overtake: true }];
    },
  };
}
