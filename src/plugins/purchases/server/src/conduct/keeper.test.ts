/** The keeper's dealings with the database: its lease, what it takes over, and how it ends. */
import { DatabaseUnavailable, type Statement } from '../../../../../shared/sql';
import { createKeeper, type Keeper } from './keeper';
import type { Parts } from './parts';

const ignore = () => undefined;
const never = () => new Promise<never>(() => undefined);

interface Stage {
  readonly keeper: Keeper;
  /** The names of the statements, in order. */
  readonly asked: string[];
  readonly warnings: string[];
  /** What the database does with the next statements. */
  answer: (name: string) => Promise<unknown[]>;
}

const keepers: Keeper[] = [];

function stage({ drain = async () => undefined }: { drain?: () => Promise<void> } = {}): Stage {
  const asked: string[] = [];
  const warnings: string[] = [];
  const rows = (statement: Statement | string) => {
    const name = typeof statement === 'string' ? statement : (statement.name ?? '');
    asked.push(name);
    return made.answer(name);
  };
  const parts = {
    instance: 'here',
    database: { rows, transaction: never, close: never },
    journal: { append: async () => true, drain, backlog: () => 0 },
    policy: { leaseSeconds: 0.06 },
    log: { debug: ignore, info: ignore, warn: (message: string) => warnings.push(message), error: ignore },
  } as unknown as Parts;
  const made: Stage = {
    keeper: createKeeper(parts),
    asked,
    warnings,
    answer: async (name) => (name === 'purchases.lease' ? [{ was_held: true }] : []),
  };
  keepers.push(made.keeper);
  return made;
}

afterEach(() => Promise.all(keepers.splice(0).map((keeper) => keeper.stop(10))));

const away = () => Promise.reject(new DatabaseUnavailable(new Error('ECONNREFUSED')));
const until = async (isSo: () => boolean) => {
  for (let turn = 0; turn < 200 && !isSo(); turn += 1) await new Promise((resolve) => setTimeout(resolve, 5));
  expect(isSo()).toBe(true);
};
const countOf = (asked: readonly string[], name: string) => asked.filter((each) => each === name).length;

it('renews its own lease before it looks for lapsed ones: it takes nothing over from itself', async () => {
  const { keeper, asked } = stage();
  await keeper.sweep();
  expect(asked.slice(0, 2)).toEqual(['purchases.lease', 'purchases.take-over']);
});

it('keeps asking for a lease when the database was away at the start', async () => {
  const made = stage();
  made.answer = away;
  await made.keeper.start();
  await until(() => countOf(made.asked, 'purchases.lease') >= 3);
  expect(made.warnings[0]).toContain('Lease');
});

it('looks at once for what another instance hands over, and not while it stops', async () => {
  const { keeper, asked } = stage();
  keeper.onHandover();
  await until(() => countOf(asked, 'purchases.take-over') === 1);
  keeper.letGo();
  keeper.onHandover();
  await keeper.sweep();
  expect(countOf(asked, 'purchases.take-over')).toBe(1);
});

it('ends its lease last, after the journal is written', async () => {
  const order: string[] = [];
  const made = stage({ drain: async () => void order.push('journal') });
  const { answer } = made;
  made.answer = (name) => {
    if (name === 'purchases.give-up') order.push('lease');
    return answer(name);
  };
  await made.keeper.start();
  made.keeper.letGo();
  await made.keeper.stop(1000);
  expect(order).toEqual(['journal', 'lease']);
  const renewals = countOf(made.asked, 'purchases.lease');
  await new Promise((resolve) => setTimeout(resolve, 60)); // three heartbeats
  expect(countOf(made.asked, 'purchases.lease')).toBe(renewals);
});

it('waits for a renewal on its way before it ends the lease: the renewal would bring it back', async () => {
  const made = stage();
  let finish: (rows: unknown[]) => void = ignore;
  made.answer = (name) =>
    name === 'purchases.lease' ? new Promise((resolve) => (finish = resolve)) : Promise.resolve([]);
  void made.keeper.start();
  await until(() => countOf(made.asked, 'purchases.lease') === 1);
  const stopped = made.keeper.stop(1000);
  await new Promise((resolve) => setTimeout(resolve, 30));
  expect(made.asked).not.toContain('purchases.give-up');
  finish([{ was_held: true }]);
  await stopped;
  expect(made.asked).toContain('purchases.give-up');
});

it('leaves the lease to lapse when the journal cannot be written in time', async () => {
  const { keeper, asked, warnings } = stage({ drain: never });
  const startedAt = performance.now();
  await keeper.stop(30);
  expect(performance.now() - startedAt).toBeLessThan(1000);
  expect(asked).not.toContain('purchases.give-up');
  expect(warnings).toEqual(['The database is away: the lease is left to lapse.']);
});
