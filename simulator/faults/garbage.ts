import { z } from 'zod';
import type { Outgoing } from '../wire/frames';
import { common, defineFault } from './define';
import { MANGLED, mangle } from './garbage-mangled';
import { RUBBISH, rubbish } from './garbage-rubbish';

const KINDS = [...RUBBISH, ...MANGLED] as const;
const POINTS = ['check-result', 'begun', 'door-result', 'taken', 'closed', 'completed'] as const;

/** A frame that makes no sense comes beside an honest one, or `instead` of it. */
export const garbage = defineFault({
  serves: 'G10',
  says: {
    en: 'a senseless frame comes beside an honest one, or instead of it',
    fr: 'une trame insensée arrive à côté d’une vraie, ou à sa place',
  },
  schema: z.strictObject({
    name: z.literal('garbage'),
    ...common,
    kind: z.enum(KINDS).default('not-json'),
    at: z.enum(POINTS).default('door-result'),
    when: z.enum(['before', 'after']).default('after'),
    instead: z.boolean().default(false),
    /** Of the kind `huge`: how long, in bytes. */
    bytes: z.number().int().min(1).max(100_000_000).default(10_485_760),
  }),
  arm: ({ kind, at, when, instead, bytes }) => ({
    wants: (frame) => frame.kind === at,
    frame: (frame, { random }) => {
      const raw = isMangled(kind) ? mangle(kind, frame) : rubbish(kind, bytes, random);
      const senseless: Outgoing = { kind: 'other', body: frame.body, raw, label: `(garbage: ${kind})` };
      if (instead) return [senseless];
      return when === 'before' ? [senseless, frame] : [frame, senseless];
    },
  }),
});

function isMangled(kind: (typeof KINDS)[number]): kind is (typeof MANGLED)[number] {
  return MANGLED.some((each) => each === kind);
}
