/**
 * Who is at which job. pg-boss alone gives a job out again when it has run for longer than any may, minutes after its
 * process was killed. Here a claim is renewed while its process lives, and what is not renewed is given out again.
 */
import { isPassing } from '../sql';

/** How long a claim holds without renewal, in seconds: with a sweep and a poll on top, the wait after a `kill -9` is about 20 s. */
export const CLAIM_SECONDS = 15;
const RENEW_MS = 5000;

export interface Claims {
  /** Jobs of a queue that this process has fetched, renewed for at most `seconds`: a handler that hangs is not for ever. */
  hold(queue: string, ids: readonly string[], seconds: number): void;
  /** Whether the claim is still ours alone; not after this process was suspended, or without its database, for too long. */
  isHeld(id: string): boolean;
  /** The job is done, or failed. */
  drop(id: string): void;
  /** Jobs that were fetched and not begun: others may have them at once, and it does not count as a try. */
  giveBack(queue: string, ids: readonly string[]): Promise<void>;
  start(): void;
  stop(): void;
}

interface Claim {
  readonly queue: string;
  readonly until: number;
  renewedAt: number;
}

/** @param execute runs one statement on the queue's database, schema `pgboss`. */
export function createClaims(
  execute: (text: string, values: unknown[]) => Promise<unknown>,
  warn: (message: string) => void,
): Claims {
  const claims = new Map<string, Claim>();
  let timer: NodeJS.Timeout | undefined;
  let isBusy = false;

  const renew = async () => {
    const at = performance.now(); // before the statement: the database renews no earlier than this
    const due = [...claims].filter(([, claim]) => claim.until > at);
    if (due.length === 0) return;
    const queues = [...new Set(due.map(([, { queue }]) => queue))];
    await execute(RENEW, [queues, due.map(([id]) => id)]);
    for (const [, claim] of due) claim.renewedAt = at;
  };
  const turn = async () => {
    if (isBusy) return;
    isBusy = true;
    try {
      await renew();
      await execute(RELEASE, [CLAIM_SECONDS]);
    } catch (error) {
      if (!isPassing(error)) warn(`Claims of the queue: ${(error as Error).message}`);
    } finally {
      isBusy = false;
    }
  };

  return {
    hold(queue, ids, seconds) {
      const renewedAt = performance.now();
      for (const id of ids) claims.set(id, { queue, renewedAt, until: renewedAt + seconds * 1000 });
    },
    isHeld: (id) => performance.now() - (claims.get(id)?.renewedAt ?? -Infinity) < CLAIM_SECONDS * 1000,
    drop: (id) => void claims.delete(id),
    async giveBack(queue, ids) {
      for (const id of ids) claims.delete(id);
      if (ids.length > 0) await execute(GIVE_BACK, [queue, ids]);
    },
    start() {
      timer ??= setInterval(() => void turn(), RENEW_MS);
    },
    stop() {
      clearInterval(timer);
      timer = undefined;
    },
  };
}

const RENEW = `update pgboss.job set started_on = now() where name = any($1) and id = any($2::uuid[]) and state = 'active'`;

// Fetching counts a try where started_on is set. A job that ends its process each time comes to its last try this way, and
// is then left to pg-boss, whose expiry makes a dead letter of it.
const RELEASE = `update pgboss.job set state = 'retry', start_after = now()
where state = 'active' and started_on < now() - make_interval(secs => $1) and retry_count < retry_limit`;

const GIVE_BACK = `update pgboss.job set state = 'retry', start_after = now(), started_on = null
where name = $1 and id = any($2::uuid[]) and state = 'active'`;
