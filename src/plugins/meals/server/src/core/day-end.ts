const DAY_MS = 86_400_000;

/**
 * When a day is over somewhere: a date on a label holds until midnight there. A zone that nobody knows is UTC.
 * @param day e.g. `2026-12-01`.
 * @returns milliseconds since the epoch.
 */
export function dayEnd(day: string, timeZone: string | null): number {
  const midnight = Date.parse(`${day}T00:00:00Z`) + DAY_MS;
  // Twice: the clocks may change between the guess and the midnight that is meant.
  const guess = midnight - offsetAt(midnight, timeZone);
  return midnight - offsetAt(guess, timeZone);
}

/** How far a zone is ahead of UTC at a moment, in milliseconds. */
function offsetAt(at: number, timeZone: string | null): number {
  const options = { year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit' } as const;
  let format: Intl.DateTimeFormat;
  try {
    format = new Intl.DateTimeFormat('en-GB', { ...options, hourCycle: 'h23', timeZone: timeZone ?? 'UTC' });
  } catch {
    return 0;
  }
  const parts = Object.fromEntries(format.formatToParts(at).map(({ type, value }) => [type, value]));
  return Date.parse(`${parts.year}-${parts.month}-${parts.day}T${parts.hour}:${parts.minute}:00Z`) - at;
}
