import { DatabaseUnavailable } from './errors';

const RETRY_MS = 250;

/**
 * Runs `work` until the database answers.
 * @param isWanted asked before each further try; where it says no, the last {@link DatabaseUnavailable} is thrown.
 */
export async function untilAvailable<Result>(
  work: () => Promise<Result>,
  isWanted: () => boolean = () => true,
): Promise<Result> {
  for (;;) {
    try {
      return await work();
    } catch (reason) {
      if (!(reason instanceof DatabaseUnavailable) || !isWanted()) throw reason;
      await new Promise((resolve) => setTimeout(resolve, RETRY_MS));
    }
  }
}
