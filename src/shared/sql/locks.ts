/**
 * Locks between instances. They are held on a connection of their own: whoever works under a lock asks the pool for
 * others, and would wait for itself where the lock sat on one of the pool's.
 */
import { openDatabase } from './database';

export interface Locks {
  /**
   * Runs `work` unless somebody holds the lock of this name. A connection that is lost frees its locks, also amid work.
   * @returns whether it ran.
   */
  ifFree(name: string, work: () => Promise<void>): Promise<boolean>;
  /** Runs `work` as soon as the lock of this name is free; not at all where that takes longer than `withinMs`. @returns whether it ran. */
  inTurn(name: string, work: () => Promise<void>, withinMs: number): Promise<boolean>;
  close(): Promise<void>;
}

/** How often somebody who waits for a lock looks, in milliseconds. */
const LOOK_MS = 50;

const TAKE = {
  name: 'locks.take',
  text: `select pg_try_advisory_lock(hashtextextended('larder.' || $1, 0)) as taken`,
};
const FREE = { name: 'locks.free', text: `select pg_advisory_unlock(hashtextextended('larder.' || $1, 0))` };

export function createLocks(url: string, warn: (message: string) => void): Locks {
  const session = openDatabase({
    url,
    maxConnections: 1,
    keepIdle: true,
    onIdleError: (error) => warn(`Connection of the locks lost: ${error.message}`),
  });
  // To PostgreSQL all that this process holds is one session's, which may take its own lock twice.
  const held = new Set<string>();

  const locks: Locks = {
    async ifFree(name, work) {
      if (held.has(name)) return false;
      held.add(name);
      try {
        const [lock] = await session.rows<{ taken: boolean }>(TAKE, [name]);
        if (!lock?.taken) return false;
        await work().finally(() => session.rows(FREE, [name]));
        return true;
      } finally {
        held.delete(name);
      }
    },
    async inTurn(name, work, withinMs) {
      const endsAt = performance.now() + withinMs;
      while (!(await locks.ifFree(name, work))) {
        if (performance.now() > endsAt) return false;
        await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
      }
      return true;
    },
    close: () => session.close(),
  };
  return locks;
}
