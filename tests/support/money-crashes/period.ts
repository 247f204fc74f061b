/** A period of a subscription that Larder charges, and whose Larder may be killed at a step of that. */
import { newDocumentId } from '../../../src/shared/ids';
import { eventually } from '../eventually';
import { stockMeals } from '../stock';
import { emailOf } from '../stripe-world';
import { moneyOf, promisesAreKept } from './money';
import { atRest, SETTLED_WITHIN_MS } from './rest';
import type { Kill, MoneyStage } from './stage';

const PLAN = 'charged';
/** What a period costs, in minor units, and how many meals that is for. */
export const PERIOD = { price: 4900, meals: 40 } as const;
/** A meal without a name on it, which the plan does not cover. */
const MEAL = { sku: '1001', price: 650 } as const;

export async function makeChargedPlan({ world }: MoneyStage): Promise<void> {
  await world.database.sql.rows(
    `insert into plans (document_id, name, meals_per_period, period, unit_amount, currency, is_charged, covers_free_for_all,
       active, created_at, updated_at, published_at)
     values ($1, $2, $3, 'week', $4, 'EUR', true, false, true, now(), now(), now())`,
    [newDocumentId(), PLAN, PERIOD.meals, PERIOD.price],
  );
}

/**
 * A subscriber's purchase at this machine begins the next period, which is charged to the saved card, and Larder dies meanwhile
 * where `kill` says. Throws where the period is not charged exactly once, or the subscription does not say so.
 * @returns the subscription's id, and the steps it came to.
 */
export async function beginPeriod(stage: MoneyStage, machine: string, kill: Kill | null) {
  const { world } = stage;
  const { sql } = world.database;
  const customer = `customer-${machine}`;
  const id = await subscribe(stage, customer);
  await stockMeals(sql, machine, [{ barcode: `${machine}-free`, sku: MEAL.sku }]);
  await world.openedWithCard(machine, customer);
  await awayFromTheMinute();
  await sql.rows(
    `update subscriptions set period_start = period_start - interval '7 days', period_end = period_end - interval '7 days',
       quota_used = 3 where document_id = $1`,
    [id],
  );

  const isPaid = () =>
    eventually(async () => expect(await subscriptionOf(stage, id)).toMatchObject({ charge: 'paid' }), {
      withinMs: SETTLED_WITHIN_MS,
      everyMs: 30,
    });
  const steps = await stage.through(
    kill,
    async () => {
      world.simulator.customer(machine).take(MEAL.sku);
      world.simulator.customer(machine).close();
      await isPaid();
    },
    `subscription:${id}`,
  );
  await isPaid();
  await atRest(stage, machine);

  expect(await subscriptionOf(stage, id)).toEqual({ state: 'active', charge: 'paid', used: 0, isOn: true });
  const { intents, captures, debts } = await moneyOf(stage, machine);
  expect(intents).toEqual([`succeeded ${MEAL.price}`, `succeeded ${PERIOD.price}`]);
  expect([...captures].sort((a, b) => a - b)).toEqual([MEAL.price, PERIOD.price]);
  expect(debts).toEqual([]);
  const books = `select p.state, p.captured_amount as captured, (select sum(-l.amount)::int from ledger_entries l
      where l.payment_id = p.document_id and l.account = 'sales') as sales
    from payments p where p.key like 'subscription:' || $1 || ':%'`;
  expect(await sql.rows(books, [id])).toEqual([{ state: 'captured', captured: PERIOD.price, sales: PERIOD.price }]);
  await promisesAreKept(stage);
  return { id, steps };
}

/** A subscription in its first period, which is not charged, of a customer with a saved card. */
async function subscribe({ world }: MoneyStage, customer: string): Promise<string> {
  const order = { user: { id: customer, email: emailOf(customer) }, plan: PLAN };
  const { body } = await world.larder.post('/api/subscriptions', order).expect(201);
  const card = await world.saveCard(customer);
  const { customer: owner } = await world.stripe.paymentMethods.retrieve(card);
  await world.database.sql.rows(
    `update up_users set stripe_customer_id = $2, default_payment_method_id = $3 where customer_id = $1`,
    [customer, owner, card],
  );
  return (body as { id: string }).id;
}

export async function subscriptionOf({ world }: MoneyStage, id: string) {
  const [row] = await world.database.sql.rows(
    `select state, charge_state as charge, quota_used as used, period_end > now() as "isOn" from subscriptions
     where document_id = $1`,
    [id],
  );
  return row;
}

/** With each minute a sweep begins what is due: it must not be first, or other steps would be counted. */
async function awayFromTheMinute(): Promise<void> {
  const left = 60_000 - (Date.now() % 60_000);
  if (left < 5000) await new Promise((resolve) => setTimeout(resolve, left + 1000));
}
