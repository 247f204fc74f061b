/**
 * The way into the history: entries are written in the order they are appended, many at a time where many wait, each batch
 * in one statement. While the database is away they wait, within a bound, and go in once it is back.
 */
import type { Job } from '../../../../../shared/jobs';
import type { Queue } from '../../../../../shared/queue';
import { DatabaseUnavailable, untilAvailable, type Database } from '../../../../../shared/sql';
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
/** Longest wait of an unhurried entry: the answer that follows an acknowledgement is not kept waiting for its commit. */
const LIE_MS = 5;

export function createJournal({ database, queue, error, bound = 20_000 }: JournalOptions): Journal {
  let waiting: Waiting[] = [];
  /** Those of the batch that is being written, again and again while the database is away. */
  let inHand = 0;
  let flushing: Promise<void> | undefined;
  let later: NodeJS.Timeout | undefined;

  const write = async (batch: readonly Waiting[]) => {
    const rows: JournalRow[] = batch.map((entry, n) => ({ ...entry.row, n }));
    const isPlain = batch.every((entry) => entry.jobs.length === 0);
    const run = async (sql: Pick<Database, 'rows'>) => {
      const results = await sql.rows<JournalResult & Record<string, unknown>>(writeJournal, [JSON.stringify(rows)]);
      const due = results.flatMap(({ n, inserted, changed }) => {
        const entry = batch[n];
        if (!entry) return [];
        return (entry.row.to_state === null ? inserted : changed) ? entry.jobs : [];
      });
      if (due.length > 0) await queue.send(sql, due);
      return results;
    };
    const results = isPlain ? await run(database) : await database.transaction(run);
    for (const { n, applied } of results) batch[n]?.resolve(applied);
  };

  /** A batch that the database refuses is written one by one, so that one bad entry does not take the others along. */
  const writeOneByOne = async (batch: readonly Waiting[]) => {
    for (const entry of batch) {
      await untilAvailable(() =>
        write([entry]).catch((reason: unknown) => {
          if (reason instanceof DatabaseUnavailable) throw reason;
          error(`An event could not be stored (${entry.row.name}): ${(reason as Error).message}`);
          entry.reject(reason);
        }),
      );
    }
  };

  const flush = async () => {
    // Lets the frames of one turn of the event loop come together.
    await new Promise(setImmediate);
    do {
      const batch = takeBatch();
      inHand = batch.length;
      try {
        await untilAvailable(() => write(batch));
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
      const mustWait = id !== null && (heldBack.has(id) || (to !== null && changing.has(id)));
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
