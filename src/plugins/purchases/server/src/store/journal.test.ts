/** The journal over a database in memory, which does what the statement behind it does, and fails when told to. */
import type { Job } from '../../../../../shared/jobs';
import { DatabaseUnavailable, type Database, type Sql, type Statement } from '../../../../../shared/sql';
import { createJournal, JournalFull, type Journal, type JournalEntry } from './journal';
import { eventEntry, NOBODY } from './journal-entry';
import type { JournalResult, JournalRow } from './journal-statement';

/** How a run of the statement ends. `lost`: it took effect, and its answer did not arrive. */
type Ending = 'fine' | 'away' | 'lost' | 'wrong';

class MemoryDatabase implements Database {
  readonly events: string[] = [];
  readonly jobs: string[] = [];
  readonly batches: string[][] = [];
  readonly states = new Map<number, string>();
  /** What happens next; when it is used up everything is fine. */
  readonly script: Ending[] = [];
  /** A batch with an event of this name is refused. */
  poison: string | undefined;
  transactions = 0;

  async rows(statement: Statement | string, values: readonly unknown[] = []): Promise<never[]> {
    if (typeof statement === 'string') return [];
    const rows = JSON.parse(String(values[0])) as JournalRow[];
    this.batches.push(rows.map(({ name }) => name));
    // As long as a real one takes: whatever is appended meanwhile waits for the next batch.
    await new Promise(setImmediate);
    const ending = this.script.shift() ?? 'fine';
    if (ending === 'away') throw new DatabaseUnavailable('away');
    if (ending === 'wrong' || rows.some(({ name }) => name === this.poison)) throw new Error('invalid input syntax');
    const changing = rows.flatMap(({ transaction_id: id, to_state: to }) => (to === null ? [] : [id]));
    if (new Set(changing).size !== changing.length) throw new Error('two changes of one row met in one statement');
    const results = rows.map((row) => this.write(row));
    if (ending === 'lost') throw new DatabaseUnavailable('the answer was lost');
    return results as never[];
  }

  private write(row: JournalRow): JournalResult {
    const inserted = !this.events.includes(row.name);
    if (inserted) this.events.push(row.name);
    const id = row.transaction_id ?? 0;
    const changed = inserted && row.to_state !== null && this.states.get(id) === row.from_state;
    if (changed && row.to_state !== null) this.states.set(id, row.to_state);
    const applied = row.to_state === null || changed || (!inserted && this.states.get(id) === row.to_state);
    return { n: row.n, inserted, changed, applied };
  }

  /** What the work did is undone where it throws. */
  async transaction<Result>(work: (sql: Sql) => Promise<Result>): Promise<Result> {
    this.transactions += 1;
    const before = { events: [...this.events], jobs: [...this.jobs], states: new Map(this.states) };
    try {
      return await work(this);
    } catch (error) {
      this.events.splice(0, Infinity, ...before.events);
      this.jobs.splice(0, Infinity, ...before.jobs);
      this.states.clear();
      for (const [id, state] of before.states) this.states.set(id, state);
      throw error;
    }
  }

  close = async () => undefined;
}

const errors: string[] = [];
let database: MemoryDatabase;
let journal: Journal;

function start(bound?: number): void {
  database = new MemoryDatabase();
  journal = createJournal({
    database,
    queue: { send: async (_sql, jobs) => void database.jobs.push(...jobs.map(({ queue }) => queue)) },
    error: (message) => errors.push(message),
    ...(bound !== undefined && { bound }),
  });
}

beforeEach(() => {
  errors.length = 0;
  start();
});

const event = (name: string, id: number | null = null, jobs: readonly Job[] = []): JournalEntry => ({
  ...eventEntry({ ...NOBODY, transactionId: id }, { kind: 'push', name, outcome: null, message: null, data: null }),
  jobs,
});

function change(name: string, id: number, from: string, to: string, jobs: readonly Job[] = []): JournalEntry {
  const plain = event(name, id, jobs);
  return { ...plain, row: { ...plain.row, from_state: from, to_state: to, fence: 1 } };
}

const job = (queue: string): Job => ({ queue, data: {} });
const names = (count: number, prefix = 'e') => Array.from({ length: count }, (_, n) => `${prefix}${n}`);

test('what comes together is written together, in its order, a hundred at a time', async () => {
  const all = names(250);
  expect(await Promise.all(all.map((name) => journal.append(event(name))))).toEqual(all.map(() => true));
  expect(database.batches.map(({ length }) => length)).toEqual([100, 100, 50]);
  expect(database.events).toEqual(all);
});

test('what comes while a batch is written goes with the next one', async () => {
  const first = journal.append(event('first'));
  await new Promise(setImmediate);
  await Promise.all([first, ...names(3).map((name) => journal.append(event(name)))]);
  expect(database.batches).toEqual([['first'], ['e0', 'e1', 'e2']]);
});

test('two changes of one purchase go in two batches, and what follows a held-back one is held back too', async () => {
  database.states.set(1, 'opening').set(2, 'opening');
  const answers = await Promise.all([
    journal.append(change('1 opens', 1, 'opening', 'open')),
    journal.append(event('1 is seen', 1)),
    journal.append(change('1 closes', 1, 'open', 'closed')),
    journal.append(event('1 is seen again', 1)),
    journal.append(change('2 opens', 2, 'opening', 'open')),
    journal.append(event('nobody is seen')),
  ]);
  expect(answers).toEqual([true, true, true, true, true, true]);
  expect(database.batches).toEqual([
    ['1 opens', '1 is seen', '2 opens', 'nobody is seen'],
    ['1 closes', '1 is seen again'],
  ]);
  expect([...database.states]).toEqual([
    [1, 'closed'],
    [2, 'open'],
  ]);
});

test('the order of each purchase holds through any mixture', async () => {
  const ids = [1, 2, 3, 4, 5];
  for (const id of ids) database.states.set(id, 's0');
  const entries = Array.from({ length: 400 }, (_, n) => {
    const id = ids[(n * 7) % 5] ?? 1;
    const turn = Math.floor(n / 5);
    return n % 3 === 0 ? event(`${id}:${turn}`, id) : change(`${id}:${turn}`, id, 's0', 's0');
  });
  await Promise.all(entries.map((entry) => journal.append(entry)));
  for (const id of ids) {
    const turns = database.events.filter((name) => name.startsWith(`${id}:`)).map((name) => Number(name.split(':')[1]));
    expect(turns).toEqual([...turns].sort((a, b) => a - b));
    expect(turns).toHaveLength(80);
  }
});

test('a change that finds the row elsewhere is not applied; its event is kept', async () => {
  database.states.set(1, 'closed');
  expect(await journal.append(change('late', 1, 'open', 'completed', [job('money')]))).toBe(false);
  expect([database.events, database.jobs, database.states.get(1)]).toEqual([['late'], [], 'closed']);
});

describe('jobs', () => {
  test('go in the same transaction, only with a change that applied or an event that is new', async () => {
    database.states.set(1, 'open');
    await Promise.all([
      journal.append(change('ends', 1, 'open', 'completed', [job('money'), job('webhook')])),
      journal.append(event('told', 2, [job('alert')])),
      journal.append(event('plain')),
    ]);
    expect(database.transactions).toBe(1);
    expect(database.jobs).toEqual(['money', 'webhook', 'alert']);
    await journal.append(event('without any'));
    expect(database.transactions).toBe(1);
  });

  test('are not sent twice where an answer got lost', async () => {
    database.states.set(1, 'open');
    // With jobs the whole transaction is undone; without, the statement has taken effect.
    database.script.push('lost', 'fine', 'lost');
    expect(await journal.append(change('ends', 1, 'open', 'completed', [job('money')]))).toBe(true);
    expect(await journal.append(event('seen', 1))).toBe(true);
    expect([database.events, database.jobs]).toEqual([['ends', 'seen'], ['money']]);
  });
});

describe('while the database is away', () => {
  test('everything waits, and is written once when it is back', async () => {
    database.states.set(1, 'opening');
    database.script.push('away', 'lost', 'away');
    const opened = journal.append(change('opens', 1, 'opening', 'open'));
    const seen = journal.append(event('seen', 1));
    expect(await Promise.all([opened, seen])).toEqual([true, true]);
    expect(database.batches).toEqual(Array.from({ length: 4 }, () => ['opens', 'seen']));
    expect(database.events).toEqual(['opens', 'seen']);
    expect(errors).toEqual([]);
  });

  test('at most as many wait as the bound says; the next one is told so at once', async () => {
    start(4);
    database.script.push('away');
    const first = journal.append(event('first'));
    await new Promise(setImmediate);
    await new Promise(setImmediate);
    const waiting = names(3).map((name) => journal.append(event(name)));
    expect(journal.backlog()).toBe(4);
    await expect(journal.append(event('one too many'))).rejects.toBeInstanceOf(JournalFull);
    await Promise.all([first, ...waiting]);
    expect(database.events).toEqual(['first', 'e0', 'e1', 'e2']);
    await journal.drain();
    expect(journal.backlog()).toBe(0);
    expect(await journal.append(event('room again'))).toBe(true);
  });
});

describe('an entry that the database refuses', () => {
  test('fails alone: those before and behind it are written', async () => {
    database.poison = 'bad';
    const settled = await Promise.allSettled(['a', 'bad', 'b'].map((name) => journal.append(event(name))));
    expect(settled.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
    expect(database.events).toEqual(['a', 'b']);
    expect(errors).toEqual([expect.stringContaining('bad')]);
  });

  test('does not stop what comes after it, and those beside it outlast a database that goes away', async () => {
    database.poison = 'bad';
    database.script.push('fine', 'away', 'fine', 'fine', 'away');
    const settled = await Promise.allSettled(['a', 'bad', 'b'].map((name) => journal.append(event(name))));
    expect(settled.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
    expect(await journal.append(event('after'))).toBe(true);
    expect(database.events).toEqual(['a', 'b', 'after']);
  });

  test('that cannot even be written down fails alone too', async () => {
    const loop: { self?: unknown } = {};
    loop.self = loop;
    const bad = event('loop');
    const settled = await Promise.allSettled([
      journal.append(event('a')),
      journal.append({ ...bad, row: { ...bad.row, data: loop } }),
      journal.append(event('b')),
    ]);
    expect(settled.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
  });
});

test('draining waits for everything, also for what was appended meanwhile', async () => {
  database.script.push('away');
  void journal.append(event('a'));
  setImmediate(() => void journal.append(event('b')));
  await journal.drain();
  expect(database.events).toEqual(['a', 'b']);
  await journal.drain();
});

describe('an entry that nobody waits for', () => {
  const unhurried = (name: string): JournalEntry => ({ ...event(name), isUnhurried: true });

  test('goes in with the next one, before it', async () => {
    void journal.append(unhurried('acknowledged'));
    await new Promise(setImmediate);
    expect(database.batches).toEqual([]);
    await journal.append(event('begun'));
    expect(database.batches).toEqual([['acknowledged', 'begun']]);
  });

  test('is written within milliseconds where nothing follows, also when it comes while a batch is written', async () => {
    expect(await journal.append(unhurried('alone'))).toBe(true);
    const first = journal.append(event('first'));
    await new Promise(setImmediate);
    expect(await Promise.all([first, journal.append(unhurried('meanwhile'))])).toEqual([true, true]);
    expect(database.batches).toEqual([['alone'], ['first'], ['meanwhile']]);
  });

  test('is drained at once', async () => {
    void journal.append(unhurried('last'));
    await journal.drain();
    expect(database.events).toEqual(['last']);
    expect(journal.backlog()).toBe(0);
  });
});
