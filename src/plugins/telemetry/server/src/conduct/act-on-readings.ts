/** What new readings mean for sales: a lock where they tell of an exposure, the end of a lock by silence where they prove none. */
import type { Sql } from '../../../../../shared/sql';
import { findExposure, isProvenInside, type Exposure } from '../core/exposure';
import { isOutside, type Limits } from '../core/limits';
import { exposureMessage, LOCK_REASONS } from '../core/messages';
import type { TelemetryParts } from '../core/parts';
import type { Reading } from '../core/reading';
import { insideAround, readingsBetween } from '../store/readings';
import { lockSales, unlockSales } from '../store/sales-locks';
import type { Watched } from '../store/watched';

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;
/** Before any reading. */
const EARLIEST = Date.UTC(2000, 0);

/**
 * Within the transaction that stored `fresh` and holds the machine.
 * @param fresh oldest first.
 * @returns the lock that stands afterwards.
 */
export async function actOnReadings(
  sql: Sql,
  machine: Watched,
  fresh: readonly Reading[],
  parts: TelemetryParts,
): Promise<Watched['lock']> {
  const { limits, lock } = machine;
  if (!limits || fresh.length === 0 || lock?.cause === 'temperature') return lock;
  const exposure = await exposureBy(sql, machine, limits, fresh, parts);
  if (exposure) return lockForExposure(sql, machine, limits, exposure, parts);
  if (lock?.cause === 'silence' && (await isSilenceOver(sql, machine, limits, fresh))) {
    const reason = 'Readings came back and prove that it was cold all the time.';
    await unlockSales(sql, machine.id, { by: 'larder', reason });
    await parts.queue.send(sql, [parts.notifier.resolve('readings_missing', machine.documentId)]);
    return null;
  }
  return lock;
}

/** Looks at the whole stretch round the new readings that are outside: a late one may join two that were short. */
async function exposureBy(
  sql: Sql,
  { id, unlockedAt }: Watched,
  limits: Limits,
  fresh: readonly Reading[],
  parts: TelemetryParts,
): Promise<Exposure | null> {
  const outside = fresh.filter((reading) => isOutside(reading, limits));
  const [first, last] = [outside[0], outside.at(-1)];
  if (!first || !last) return null;
  const inside = await insideAround(sql, id, limits, first.at, last.at);
  // Who unlocked has judged what was known then, and the time counts anew. Of what comes in only now they knew nothing.
  const floor = unlockedAt !== null && first.at >= unlockedAt ? unlockedAt : EARLIEST;
  const from = Math.max(inside.before ?? EARLIEST, floor);
  const to = inside.after ?? last.at + DAY_MS;
  const readings = await readingsBetween(sql, id, from, to);
  const allowedMs = limits.minutesOutside * MINUTE_MS;
  const restocks = await parts.ports().restocks(sql, id, from - allowedMs, to);
  const excuses = restocks.map((restock) => ({ ...restock, to: restock.to + allowedMs }));
  return findExposure(readings, limits, excuses);
}

async function lockForExposure(
  sql: Sql,
  { id, documentId }: Watched,
  limits: Limits,
  exposure: Exposure,
  { notifier, ports, queue }: TelemetryParts,
): Promise<Watched['lock']> {
  const lock = { cause: 'temperature', reason: LOCK_REASONS.temperature } as const;
  await lockSales(sql, id, lock, { by: 'larder', since: exposure.since });
  const since = new Date(exposure.since).toISOString();
  await queue.send(sql, [
    notifier.raise({
      cause: 'temperature_out_of_range',
      severity: 'urgent',
      occurrence: `${documentId}:temperature:${since}`,
      machineId: documentId,
      transactionId: null,
      customerId: null,
      message: exposureMessage(exposure, limits),
      vendorMessage: null,
    }),
    // Whatever was not known is known now, and worse.
    notifier.resolve('readings_missing', documentId),
    ...ports().exposed({ machineId: documentId, since }),
  ]);
  return { ...lock, since: exposure.since };
}

async function isSilenceOver(sql: Sql, machine: Watched, limits: Limits, fresh: readonly Reading[]): Promise<boolean> {
  const newest = Math.max(machine.lastReadingAt ?? -Infinity, fresh.at(-1)?.at ?? -Infinity);
  if (machine.now - newest > limits.silenceMinutes * MINUTE_MS) return false;
  const since = machine.lock?.since ?? newest;
  const readings = await readingsBetween(sql, machine.id, since - limits.minutesOutside * MINUTE_MS, newest);
  return isProvenInside(readings, limits, since);
}
