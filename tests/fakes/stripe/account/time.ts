/** The fake's clock: real time, or the caller's, and as far ahead as a test has moved it. */
export interface FakeTime {
  /** Milliseconds since the epoch. */
  now(): number;
  /** Seconds since the epoch, as Stripe writes times. */
  seconds(): number;
  /** Moves the clock on. What is due by then (holds, sessions) happens before this returns. */
  advance(milliseconds: number): void;
}

export function createTime(clock: () => number, onAdvance: () => void): FakeTime {
  let ahead = 0;
  const now = () => clock() + ahead;
  return {
    now,
    seconds: () => Math.floor(now() / 1000),
    advance(milliseconds) {
      ahead += milliseconds;
      onAdvance();
    },
  };
}
