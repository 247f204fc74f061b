/** A stolen meal of a subscriber's, whose share of the period is given back, and whose Larder may be killed at a step of that. */
import { eventually } from '../eventually';
import { stockBreaches } from '../stock-invariants';
import { stockMeals } from '../stock';
import { promisesAreKept } from './money';
import { PERIOD, subscriptionOf } from './period';
import { atRest, SETTLED_WITHIN_MS } from './rest';
import type { Kill, MoneyStage } from './stage';

/** What one meal is of the period's price, in minor units. */
const SHARE = Math.round(PERIOD.price / PERIOD.meals);

/** Whose meals are stolen: in a period that was paid for. */
export interface Owner {
  readonly customer: string;
  readonly subscription: string;
}

/**
 * Somebody takes the owner's meal at this machine, the `n`-th that is stolen, no equal one is left, and Larder dies meanwhile
 * where `kill` says. Throws where its share is not given back once, or does not count as one meal of the period.
 * @returns the steps it came to, from the job on that looks for what the owner gets.
 */
export async function steal(stage: MoneyStage, owner: Owner, machine: string, n: number, kill: Kill | null) {
  const { world } = stage;
  const { sql } = world.database;
  const barcode = `${machine}-stolen`;
  await stockMeals(sql, machine, [{ barcode, sku: '1001', reservedFor: owner.customer }]);
  const theft = await world.openedWithCard(machine, `thief-at-${machine}`);
  const isGivenBack = () =>
    eventually(
      async () => {
        const refunds = await sql.rows<{ state: string }>(`select state from refunds`);
        expect(refunds.map(({ state }) => state)).toEqual(Array(n).fill('succeeded'));
      },
      { withinMs: SETTLED_WITHIN_MS, everyMs: 30 },
    );
  const steps = await stage.through(
    kill,
    async () => {
      world.simulator.customer(machine).take('1001');
      world.simulator.customer(machine).close();
      await isGivenBack();
    },
    barcode,
  );
  await isGivenBack();
  await atRest(stage, machine);
  expect(await stockBreaches(sql)).toEqual([]); // not before every job of it is done

  expect(world.fake.refunds().map(({ amount, status }) => [amount, status])).toEqual(
    Array(n).fill([SHARE, 'succeeded']),
  );
  expect(await subscriptionOf(stage, owner.subscription)).toMatchObject({ charge: 'paid', used: n });
  const thefts = `select is_owed, refund_amount as amount, (select count(*)::int from pgboss.job
      where name = 'alerts.raise' and data ->> 'occurrence' = transaction_id || ':theft:' || barcode) as told
    from larder.thefts where transaction_id = $1`;
  expect(await sql.rows(thefts, [theft])).toEqual([{ is_owed: false, amount: SHARE, told: 1 }]);
  const books = `select p.refunded_amount as refunded, (select sum(l.amount)::int from ledger_entries l
      where l.payment_id = p.document_id and l.account = 'refunds') as ledger
    from payments p where p.key like 'subscription:' || $1 || ':%'`;
  expect(await sql.rows(books, [owner.subscription])).toEqual([{ refunded: n * SHARE, ledger: n * SHARE }]);
  await promisesAreKept(stage);
  return steps;
}
