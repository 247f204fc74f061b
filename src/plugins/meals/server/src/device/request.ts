import { z } from 'zod';
import { parse, storableText, type Parsed } from '../../../../../shared/http';
import { ACTIONS, type MealEvent } from './facts';

/** At most so many in one call; a device that was away for long calls again. */
const MOST = 100;
/** Beyond these no clock is meant. */
const EARLIEST = Date.UTC(2000, 0);
const LATEST = Date.UTC(2200, 0);

const event = z
  .object({
    barcode: storableText(80),
    action: z.enum(ACTIONS, `must be one of ${ACTIONS.join(', ')}`),
    at: z.iso
      .datetime({ offset: true, error: 'must be a time like 2026-11-21T10:04:28Z, with its zone' })
      .transform((text) => Date.parse(text))
      .refine((at) => at >= EARLIEST && at <= LATEST, 'must be a time of this century'),
    id: storableText(120).nullish(),
  })
  .transform(({ id, ...rest }): MealEvent => ({ ...rest, id: id ?? null }));

const events = z.object({
  events: z
    .array(event, 'must be a list')
    .min(1, 'must have at least one event')
    .max(MOST, `must have at most ${MOST} events`),
});

export interface MealEventsRequest {
  readonly events: readonly MealEvent[];
  /** Whether they came as a list: then the answer is one. */
  readonly isList: boolean;
}

/** `POST …/meal-events`: `{ events: [...] }`, or one event by itself. */
export function parseMealEvents(body: unknown): Parsed<MealEventsRequest> {
  if (typeof body === 'object' && body !== null && 'events' in body) {
    const given = parse(events, body);
    return given.ok ? { ok: true, value: { events: given.value.events, isList: true } } : given;
  }
  const given = parse(event, body ?? {});
  return given.ok ? { ok: true, value: { events: [given.value], isList: false } } : given;
}
