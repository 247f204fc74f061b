import { z } from 'zod';
import { parse, storableText, type Parsed } from '../../../../../shared/http';
import type { Chart } from '../store/chart';
import type { Heartbeat } from '../store/heartbeats';

const path = z.object({ id: storableText(120) });

/** The machine's id, from the path. */
export function parseMachine(params: unknown): Parsed<{ id: string }> {
  return parse(path, params);
}

/** A plugin's routes without a prefix have more in their params than the path names. */
const idOf = (params: unknown) => (params as { id?: unknown }).id;

const heartbeat = z.object({
  door: z.enum(['locked', 'unlocked'], 'must be locked or unlocked').nullish(),
  version: storableText(60).nullish(),
  uptime: z
    .number('must be a number of seconds')
    .min(0, 'must not be negative')
    .max(1e10, 'must be a number of seconds')
    .transform(Math.floor)
    .nullish(),
});

/** `POST …/heartbeat`; nothing at all is a heartbeat too. */
export function parseHeartbeat(body: unknown): Parsed<Heartbeat> {
  const given = parse(heartbeat, body ?? {});
  if (!given.ok) return given;
  const { door, version, uptime } = given.value;
  return { ok: true, value: { door: door ?? null, version: version ?? null, uptimeSeconds: uptime ?? null } };
}

const decision = z.strictObject({ id: storableText(120), reason: storableText(255) });

/** `POST …/lock` and `…/unlock`: a reason, always. */
export function parseDecision(params: unknown, body: unknown): Parsed<{ id: string; reason: string }> {
  return parse(decision, { ...Object(body), id: idOf(params) });
}

const DAY_MS = 86_400_000;
/** More than a chart can show, and less than hurts: 10,080 rows at one a minute, and 8,784. */
const LONGEST = { raw: 7, hour: 366 } as const;

const moment = z.iso
  .datetime({ offset: true, error: 'must be a time like 2026-11-21T10:04:28Z, with its zone' })
  .transform((text) => Date.parse(text))
  .refine((at) => at >= Date.UTC(2000, 0) && at <= Date.UTC(2200, 0), 'must be a time of this century');

const chart = z
  .strictObject({
    id: storableText(120),
    from: moment.optional(),
    to: moment.optional(),
    resolution: z.enum(['raw', 'hour'], 'must be raw or hour').default('raw'),
  })
  .refine(({ from, to }) => from === undefined || to === undefined || from < to, {
    path: ['to'],
    message: 'must be after from',
  })
  .refine(
    ({ from, to, resolution }) => {
      return from === undefined || (to ?? Date.now()) - from <= LONGEST[resolution] * DAY_MS;
    },
    { path: ['from'], message: `must be at most ${LONGEST.raw} days before to, with resolution=hour ${LONGEST.hour}` },
  );

/** `GET …/readings` */
export function parseChart(params: unknown, query: unknown): Parsed<Chart> {
  const given = parse(chart, { ...Object(query), id: idOf(params) });
  if (!given.ok) return given;
  const { id, from, to, resolution } = given.value;
  return { ok: true, value: { machineKey: id, from: from ?? null, to: to ?? null, resolution } };
}
