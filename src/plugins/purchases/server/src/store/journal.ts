/**
 * The way into the history: entries are written in the order they are appended, many at a time where many wait, each batch
 * in one statement. While the database is away they wait, within a bound, and go in once it is back.
 */
import type { Job } from '../../../../../shared/jobs';
import type { Queue } from '../../../../../shared/queue';
import { DatabaseUnavailable, isHeldUp, untilAvailable, type Database, type Sql } from '../../../../../shared/sql';
import { writeJournal, type JournalResult, type JournalRow } from './journal-statement';

export interface JournalEntry {
  /** Built once: a second try writes the same event, not another one. */
  readonly row: Omit<JournalRow, 'n'>;
  /** Sent in the same transaction, where the change applied (or, without a change, the event is new). */
  readonly jobs: readonly Job[];
  /** Nothing is done about it and nobody waits: it may lie for a few milliseconds and go in with the next entry. */
  readonly isUnhurried?: boolean;
}

export interface Journal {
  /**
   * Stores an event and applies its change.
   * @returns whether the row is now as the change wanted it; always true for an entry without a change.
   * @throws {JournalFull} when the database has been away for so long that the bound is reached.
   */
  append(entry: JournalEntry): Promise<boolean>;
  /** Resolves when everything appended so far is written or given up. */
  drain(): Promise<void>;
  /** Entries that wait. */
  backlog(): number;
}

/** Too many entries wait for the database. The frame is not acted on; its purchase goes to a person by its deadline. */
export class JournalFull extends Error {
  readonly code = 'journal_full';

  constructor() {
    super('The journal is full: the database has been away for too long.');
    this.name = 'JournalFull';
  }
}

export interface JournalOptions {
  readonly database: Database;
  readonly queue: Pick<Queue, 'send'>;
  readonly error: (message: string) => void;
  /** Most entries that may wait; default 20,000. */
  readonly bound?: number;
}

interface Waiting extends JournalEntry {
  resolve(applied: boolean): void;
  reject(error: unknown): void;
}

const BATCH = 100;
/** How long one entry may wait for a lock while the others wait for it, and how long it is then put aside. Milliseconds. */
const LOCK_MS = 250;
const ASIDE_MS = 1000;
/** Longest wait of an unhurried entry: the answer that follows an acknowledgement is not kept waiting for its commit. */
const LIE_MS = 5;

export function createJournal({ database, queue, error, bound = 20_000 }: JournalOptions): Journal {
  let waiting: Waiting[] = [];
  /** Those of the batch that is being written, again and again while the database is away. */
  let inHand = 0;
  let flushing: Promise<void> | undefined;
  let later: NodeJS.Timeout | undefined;

  /** Purchases whose row somebody else has locked, and when they are tried again, on the monotonic clock. */
  const aside = new Map<number, number>();

  const write = async (batch: readonly Waiting[], lockTimeoutMs?: number) => {
    const rows: JournalRow[] = batch.map((entry, n) => ({ ...entry.row, n }));
    const isPlain = batch.every((entry) => entry.jobs.length === 0);
    const run = async (sql: Sql) => {
      const results = await sql.rows<JournalResult & Record<string, unknown>>(writeJournal, [JSON.stringify(rows)]);
      const due = results.flatMap(({ n, inserted, changed }) => {
        const entry = batch[n];
        if (!entry) return [];
        return (entry.row.to_state === null ? inserted : changed) ? entry.jobs : [];
      });
      if (due.length > 0) await queue.send(sql, due);
      return results;
    };
    const isDirect = isPlain && lockTimeoutMs === undefined;
    const results = isDirect
      ? await run(database)
      : await database.transaction(async (sql) => {
          if (lockTimeoutMs !== undefined) await sql.rows(`set local lock_timeout = ${lockTimeoutMs}`);
          return run(sql);
        });
    for (const { n, applied } of results) batch[n]?.resolve(applied);
  };

  /**
   * A batch that the database refuses is written one by one, so that one bad entry does not take the others along. What a
   * lock holds up is put aside, with all that follows it in its purchase, and waits for its turn again.
   */
  const writeOneByOne = async (batch: readonly Waiting[]) => {
    const heldUp: Waiting[] = [];
    for (const entry of batch) {
      const id = entry.row.transaction_id ?? 0;
      if (isAside(id)) heldUp.push(entry);
      else if (!(await writeOne(entry))) {
        aside.set(id, performance.now() + ASIDE_MS);
        heldUp.push(entry);
      }
    }
    waiting = [...heldUp, ...waiting];
  };

  /** False where a lock is in the way. */
  const writeOne = (entry: Waiting): Promise<boolean> =>
    untilAvailable(async () => {
      try {
        await write([entry], LOCK_MS);
      } catch (reason) {
        if (isHeldUp(reason)) return false;
        if (reason instanceof DatabaseUnavailable) throw reason;
        error(`An event could not be stored (${entry.row.name}): ${(reason as Error).message}`);
        entry.reject(reason);
      }
      return true;
    });

  const isAside = (id: number): boolean => {
    if ((aside.get(id) ?? 0) > performance.now()) return true;
    aside.delete(id);
    return false;
  };

  const flush = async () => {
    // Lets the frames of one turn of the event loop come together.
    await new Promise(setImmediate);
    do {
      const batch = takeBatch();
      inHand = batch.length;
      if (batch.length === 0) {
        await new Promise((resolve) => setTimeout(resolve, LOCK_MS));
        continue;
      }
      try {
        await untilAvailable(() => write(batch).catch(heldUpAsRefused));
      } catch {
        await writeOneByOne(batch);
      }
    } while (waiting.some((entry) => !entry.isUnhurried));
    inHand = 0;
    flushing = undefined;
    if (waiting.length > 0) flushLater();
  };

  const flushNow = () => {
    clearTimeout(later);
    later = undefined;
    flushing ??= flush();
  };
  const flushLater = () => {
    if (!flushing) later ??= setTimeout(flushNow, LIE_MS);
  };

  /** The next entries, at most one change a purchase: two changes of one row must not meet in one statement. */
  const takeBatch = (): Waiting[] => {
    const batch: Waiting[] = [];
    const rest: Waiting[] = [];
    const changing = new Set<number>();
    const heldBack = new Set<number>();
    for (const entry of waiting) {
      const { transaction_id: id, to_state: to } = entry.row;
      const isBehind = id !== null && (heldBack.has(id) || (to !== null && changing.has(id)));
      const mustWait = isBehind || isAside(id ?? 0);
      if (batch.length >= BATCH || mustWait) {
        if (id !== null) heldBack.add(id);
        rest.push(entry);
      } else {
        if (id !== null && to !== null) changing.add(id);
        batch.push(entry);
      }
    }
    waiting = rest;
    return batch;
  };

  return {
    append(entry) {
      if (waiting.length + inHand >= bound) return Promise.reject(new JournalFull());
      return new Promise<boolean>((resolve, reject) => {
        waiting.push({ ...entry, resolve, reject });
        if (entry.isUnhurried) flushLater();
        else flushNow();
      });
    },
    async drain() {
      while (waiting.length > 0 || flushing) {
        flushNow();
        await flushing;
      }
    },
    backlog: () => waiting.length + inHand,
  };
}

/** "Away" is waited for; a lock is not, as the other entries can pass it. */
function heldUpAsRefused(reason: unknown): never {
  throw isHeldUp(reason) ? ((reason as DatabaseUnavailable).cause ?? reason) : reason;
}
