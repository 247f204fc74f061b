/** What became of the money of a purchase, at Larder and at Stripe, and what must have. */
import { breaches } from '../invariants';
import { moneyBreaches } from '../money-invariants';
import type { StoredPurchase } from '../purchases';
import { emailOf } from '../stripe-world';
import type { MoneyStage } from './stage';

/** The ceiling of every purchase here, in minor units. */
export const CEILING = 2500;

export interface Money {
  /** What Stripe says of each of the customer's intents: its status, and what was received. */
  readonly intents: readonly string[];
  readonly captures: readonly number[];
  readonly debts: readonly number[];
}

export async function moneyOf({ world: { fake, database } }: MoneyStage, machine: string): Promise<Money> {
  const owner = fake.customers().find(({ email }) => email === emailOf(`customer-${machine}`));
  const intents = fake.intents().filter(({ customer }) => customer === owner?.id);
  const ids = new Set(intents.map(({ id }) => id));
  const debts = await database.sql.rows<{ amount: number }>(
    `select d.amount from debts d join debts_user_lnk l on l.debt_id = d.id join up_users u on u.id = l.user_id
     where u.customer_id = $1`,
    [`customer-${machine}`],
  );
  return {
    intents: intents.map(({ status, amount_received: received }) => `${status} ${received}`),
    captures: fake.captures().flatMap(({ paymentIntent, amount }) => (ids.has(paymentIntent) ? [amount] : [])),
    debts: debts.map(({ amount }) => amount),
  };
}

/** What must be true of the money of a purchase that ended so. */
export function moneyFor(
  { state, total }: StoredPurchase,
  by: 'card' | 'intent',
  { intents }: Pick<Money, 'intents'>,
): Money {
  const charged = Math.min(total ?? 0, CEILING);
  const debts = (total ?? 0) > CEILING ? [(total ?? 0) - CEILING] : [];
  switch (state) {
    case 'completed':
      return { intents: [`succeeded ${charged}`], captures: [charged], debts };
    case 'review':
      return { intents: ['requires_capture 0'], captures: [], debts: [] };
    case 'expired': {
      // Where Stripe had not been asked yet there is no hold, or only the front end's own.
      const untouched = by === 'card' ? [] : ['requires_capture 0'];
      return { intents: String(intents) === String(untouched) ? untouched : ['canceled 0'], captures: [], debts: [] };
    }
    default:
      return { intents: ['canceled 0'], captures: [], debts: [] };
  }
}

export async function promisesAreKept({ world }: MoneyStage): Promise<void> {
  expect(await breaches(world.database.sql, world.simulator)).toEqual([]);
  expect(await moneyBreaches(world.database.sql, world.fake)).toEqual([]);
}
