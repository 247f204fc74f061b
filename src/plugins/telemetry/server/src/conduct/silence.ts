/** The look for fridges that have said nothing for too long. */
import { LOCK_REASONS, silenceMessage } from '../core/messages';
import type { TelemetryParts } from '../core/parts';
import { lockSales } from '../store/sales-locks';
import { findSilent, noteSilent } from '../store/silent';
import { holdMachine } from '../store/watched';

/** At most so many in one run: a sweep holds a transaction open, and the next one goes on. */
const LIMIT = 100;
const MINUTE_MS = 60_000;

/**
 * The sweep. After a start, and after a time in which it could not run (a database that was away), it waits for the grace:
 * fridges have to get through to us before we call them silent.
 * @param clock milliseconds of a clock that never goes back.
 */
export function createSilenceSweep(parts: TelemetryParts, sweepSeconds: number, clock = () => performance.now()) {
  const graceMs = parts.graceSeconds * 1000;
  const longestPauseMs = Math.max(graceMs, 5000 * sweepSeconds);
  let hearsSince = clock();
  let lastRun = hearsSince;
  return async (): Promise<void> => {
    const now = clock();
    if (now - lastRun > longestPauseMs) hearsSince = now;
    lastRun = now;
    if (now - hearsSince < graceMs) return;
    await noteSilent(parts.database);
    for (const machineId of await findSilent(parts.database, LIMIT)) await lockSilent(machineId, parts);
  };
}

async function lockSilent(machineId: number, { database, notifier, queue }: TelemetryParts): Promise<void> {
  await database.transaction(async (sql) => {
    // Looked at again with the row held: a reading may have come meanwhile.
    const machine = await holdMachine(sql, machineId);
    if (!machine?.limits || machine.lock || machine.lastReadingAt === null) return;
    const { documentId, lastReadingAt, limits, now, unlockedAt } = machine;
    if (now - Math.max(lastReadingAt, unlockedAt ?? 0) <= limits.silenceMinutes * MINUTE_MS) return;
    const lock = { cause: 'silence', reason: LOCK_REASONS.silence } as const;
    await lockSales(sql, machineId, lock, { by: 'larder', since: lastReadingAt });
    await queue.send(sql, [
      notifier.raise({
        cause: 'readings_missing',
        severity: 'warning',
        occurrence: `${documentId}:silence:${Math.round(now / 1000)}`,
        machineId: documentId,
        transactionId: null,
        customerId: null,
        message: silenceMessage(lastReadingAt, limits),
        vendorMessage: null,
      }),
    ]);
  });
}
