export interface Patience {
  readonly withinMs?: number;
  readonly everyMs?: number;
  /** An error of this class ends the wait at once. */
  readonly giveUpOn?: new (...args: never[]) => Error;
}

/** Runs `attempt` until it no longer throws, and answers what it answers. Throws the last error when time is up. */
export async function eventually<Value>(
  attempt: () => Promise<Value> | Value,
  patience: Patience = {},
): Promise<Value> {
  const { withinMs = 15_000, everyMs = 100, giveUpOn } = patience;
  const endsAt = performance.now() + withinMs;
  for (;;) {
    try {
      return await attempt();
    } catch (error) {
      if (performance.now() > endsAt || (giveUpOn && error instanceof giveUpOn)) throw error;
      await new Promise((resolve) => setTimeout(resolve, everyMs));
    }
  }
}
