/** A basket that costs something else than its list, and whose Larder may be killed while it finds that out. */
import { newDocumentId } from '../../../src/shared/ids';
import { stockMeals, stockOf } from '../stock';
import { emailOf } from '../stripe-world';
import { visit } from '../visitor';
import { CEILING, moneyOf, promisesAreKept } from './money';
import { atRest } from './rest';
import type { Kill, MoneyStage } from './stage';

const PLAN = 'one a week';

export async function makePlan({ world }: MoneyStage): Promise<void> {
  await world.database.sql.rows(
    `insert into plans (document_id, name, meals_per_period, period, unit_amount, currency, covers_free_for_all, active,
       created_at, updated_at, published_at)
     values ($1, $2, 1, 'week', 4900, 'EUR', false, true, now(), now(), now())`,
    [newDocumentId(), PLAN],
  );
}

/**
 * A subscriber takes a meal of their own, a free one, and, by the fridge's list, the only one of its product, which is another's.
 * Larder dies meanwhile where `kill` says. Throws where a meal is not out of the books once, collected once or charged once.
 * @returns the steps it came to.
 */
export async function takeMeals(stage: MoneyStage, machine: string, kill: Kill | null): Promise<string[]> {
  const { world } = stage;
  const { sql } = world.database;
  const customer = `customer-${machine}`;
  const owner = `owner-at-${machine}`;
  for (const id of [customer, owner]) {
    const subscribed = await world.larder.post('/api/subscriptions', { user: { id, email: emailOf(id) }, plan: PLAN });
    expect(subscribed.status).toBe(201);
  }
  await stockMeals(sql, machine, [
    { barcode: `${machine}-own`, sku: '1001', reservedFor: customer },
    { barcode: `${machine}-free`, sku: '1002' },
    { barcode: `${machine}-free-too`, sku: '1002' },
    { barcode: `${machine}-others`, sku: '1003', reservedFor: owner },
  ]);
  const paymentMethodId = await world.saveCard(customer);
  const visitor = visit(world.simulator, machine, { skus: ['1001', '1002', '1003'] });

  const shop = async () => {
    const opened = await world.openWith(machine, customer, { paymentMethodId, amount: CEILING, currency: 'EUR' });
    expect(opened.status).toBe(200);
    await atRest(stage, machine);
  };
  const steps = await stage.through(kill, shop, undefined, 'meals');
  const end = await atRest(stage, machine);
  expect(await visitor.ended).toBe(true);

  expect(end).toMatchObject({
    state: 'completed',
    total: 790 + 750,
    lines: [
      { sku: '1001', quantity: 1, amount: 0 },
      { sku: '1002', quantity: 1, amount: 790 },
      { sku: '1003', quantity: 1, amount: 750 },
    ],
  });
  expect(await moneyOf(stage, machine)).toEqual({ intents: ['succeeded 1540'], captures: [1540], debts: [] });
  expect(await stockOf(sql, machine)).toEqual({ '1001': 0, '1002': 1, '1003': 0 });
  expect(await sql.rows(`select barcode, state from meals where barcode like $1 order by 1`, [`${machine}-%`])).toEqual(
    [
      { barcode: `${machine}-free`, state: 'sold' },
      { barcode: `${machine}-free-too`, state: 'stocked' },
      { barcode: `${machine}-others`, state: 'stolen' },
      { barcode: `${machine}-own`, state: 'collected' },
    ],
  );
  const books = `select (select count(*)::int from larder.thefts where transaction_id = $1) as thefts,
    (select count(*)::int from larder.collections where transaction_id = $1) as collected,
    (select sum(s.quota_used)::int from subscriptions s join subscriptions_user_lnk l on l.subscription_id = s.id
       join up_users u on u.id = l.user_id where u.customer_id = $2) as used`;
  expect(await sql.rows(books, [end.id, customer])).toEqual([{ thefts: 1, collected: 1, used: 1 }]);
  await promisesAreKept(stage);
  return steps;
}
