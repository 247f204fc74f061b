/** Whether meals were exposed: how long a fridge was outside its limits, as its readings tell. */
import { isOutside, type Limits } from './limits';
import type { Reading } from './reading';

/** From the first to the last reading outside, in milliseconds since 1970. */
export interface Exposure {
  readonly since: number;
  readonly until: number;
  /** The reading furthest outside, in hundredths. */
  readonly worst: number;
}

/** A time in which warmth is expected: somebody was filling the fridge. Milliseconds. */
export interface Excuse {
  readonly from: number;
  readonly to: number;
}

const MINUTE_MS = 60_000;

/**
 * The first stretch of readings outside the limits that is longer than they allow, or null. Between two readings outside with
 * none inside between them it was outside, for nothing says otherwise. A reading within an excuse does not count as outside,
 * and the time begins anew after it.
 * @param readings oldest first.
 */
export function findExposure(
  readings: readonly Reading[],
  limits: Limits,
  excuses: readonly Excuse[] = [],
): Exposure | null {
  const allowedMs = limits.minutesOutside * MINUTE_MS;
  let run = null as Exposure | null;
  for (const reading of readings) {
    const { at, temperature } = reading;
    if (!isOutside(reading, limits) || excuses.some(({ from, to }) => at >= from && at <= to)) {
      if (run && run.until - run.since > allowedMs) return run;
      run = null;
      continue;
    }
    run = { since: run?.since ?? at, until: at, worst: run ? worse(run.worst, temperature, limits) : temperature };
  }
  return run && run.until - run.since > allowedMs ? run : null;
}

/**
 * Whether the readings prove that nothing was exposed since `since`: between any two readings inside the limits there is no
 * longer time than a fridge may be outside, from the last one at or before `since` to the newest of all.
 * @param readings oldest first.
 */
export function isProvenInside(readings: readonly Reading[], limits: Limits, since: number): boolean {
  const allowedMs = limits.minutesOutside * MINUTE_MS;
  let inside: number | null = null;
  for (const reading of readings) {
    if (isOutside(reading, limits)) continue;
    if (inside === null && reading.at > since) return false;
    if (inside !== null && reading.at > since && reading.at - inside > allowedMs) return false;
    inside = reading.at;
  }
  return inside !== null && inside === readings.at(-1)?.at;
}

function worse(one: number, other: number, { temperatureMax }: Limits): number {
  return temperatureMax !== null && Math.max(one, other) > temperatureMax ? Math.max(one, other) : Math.min(one, other);
}
