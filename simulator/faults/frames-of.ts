import { z } from 'zod';
import { FRAME_GROUPS, FRAME_KINDS } from '../wire/names';
import type { Outgoing } from '../wire/frames';

const NAMES = [...FRAME_KINDS, ...Object.keys(FRAME_GROUPS)];
const name = z
  .string()
  .refine((text) => NAMES.includes(text) || text.startsWith('smart_fridge_') || text.startsWith('check_'), {
    error: `must be one of ${NAMES.join(', ')}, or a name on the wire`,
  });

/** Frames by name: a kind ("taken"), a group ("pushes") or the name on the wire; one of them or a list. */
export const framesSchema = z.union([name, z.array(name).min(1)], {
  error: `must be one or several of ${NAMES.join(', ')}, or names on the wire`,
});

/** A test for the frames so named. */
export function framesOf(names: string | readonly string[]): (frame: Outgoing) => boolean {
  const wanted = new Set<string>();
  for (const each of typeof names === 'string' ? [names] : names) {
    wanted.add(each);
    for (const kind of FRAME_GROUPS[each] ?? []) wanted.add(kind);
  }
  return ({ kind, body }) => wanted.has(kind) || wanted.has('respond' in body ? body.respond : body.command);
}
