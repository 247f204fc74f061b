/** Periods of a subscription that Larder charges: once, to the saved card; what is not paid is not collected, and tried again. */
import { compareOwnBooks } from '../../src/plugins/billing/server/src/books/compare-payments';
import { chargePeriod } from '../../src/plugins/billing/server/src/periods/charge-period';
import { ensureMealsSchema } from '../../src/plugins/meals/server/src/store/schema';
import { retryCharges } from '../../src/plugins/meals/server/src/subscriptions/retry-charges';
import { newDocumentId } from '../../src/shared/ids';
import { createQueue, type Queue } from '../../src/shared/queue';
import { eventually } from '../support/eventually';
import { moneyBreaches } from '../support/money-invariants';
import { stockBreaches } from '../support/stock-invariants';
import { stockMeals } from '../support/stock';
import { emailOf, startStripeWorld, type StripeWorld } from '../support/stripe-world';

let world: StripeWorld;
let queue: Queue;
beforeAll(async () => {
  world = await startStripeWorld({ machines: 7, stock: 'nothing' });
  queue = createQueue(world.database.url, () => undefined);
  queue.declare(['billing.settle', 'meals.compensate', 'meals.compensate-dead']);
  await world.database.sql.rows(
    `insert into plans (document_id, name, meals_per_period, period, unit_amount, currency, is_charged, covers_free_for_all, active, created_at, updated_at, published_at)
     values ($1, 'charged', 3, 'week', 4900, 'EUR', true, false, true, now(), now(), now())`,
    [newDocumentId()],
  );
});
afterEach(async () => {
  world.fake.faults.clear();
  expect(await moneyBreaches(world.database.sql, world.fake)).toEqual([]);
  expect(await compareOwnBooks(world.database.sql)).toEqual([]);
  expect(await stockBreaches(world.database.sql)).toEqual([]);
});
afterAll(() => world?.stop());

interface Subscription {
  readonly id: string;
  readonly state: string;
  readonly quotaUsed: number;
}
interface Try {
  readonly state: string;
  readonly amount: number;
  readonly captured: number;
  readonly code: string | null;
}

/** The card that is charged when the customer is away. */
async function setCard(customer: string, card: string): Promise<void> {
  const paymentMethodId = await world.saveCard(customer, card);
  const [owner] = (await world.stripe.customers.list({ email: emailOf(customer), limit: 1 })).data;
  await world.database.sql.rows(
    `update up_users set stripe_customer_id = $2, default_payment_method_id = $3 where customer_id = $1`,
    [customer, owner?.id, paymentMethodId],
  );
}

/** A subscription in its first period, of a customer with this card and meals with their name on them. */
async function subscribed(customer: string, machines: readonly string[], card: string): Promise<string> {
  const order = { user: { id: customer, email: emailOf(customer) }, plan: 'charged', validFrom: '2026-01-02' };
  const { id } = (await world.larder.post('/api/subscriptions', order).expect(201)).body as Subscription;
  await setCard(customer, card);
  for (const machine of machines) {
    const meals = [1, 2].map((n) => ({ barcode: `${customer}-${machine}-${n}`, sku: '1001', reservedFor: customer }));
    await stockMeals(world.database.sql, machine, meals);
  }
  return id;
}

/** The period is over a moment ago: whoever comes first, a purchase or the sweep of each minute, begins the next. */
const endPeriod = (id: string) =>
  world.database.sql.rows(
    `update subscriptions set period_start = period_start - interval '7 days', period_end = period_end - interval '7 days', quota_used = 3
     where document_id = $1`,
    [id],
  );

async function due(...order: Parameters<typeof subscribed>): Promise<string> {
  const id = await subscribed(...order);
  await endPeriod(id);
  return id;
}

async function buy(machine: string, customer: string): Promise<number | null> {
  const id = await world.openedWithCard(machine, customer);
  world.simulator.customer(machine).take('1001');
  world.simulator.customer(machine).close();
  await world.untilPaid(id, ['captured', 'released']);
  return (await world.purchase(id)).totalAmount;
}

const subscription = async (id: string) => (await world.larder.get(`/api/subscriptions/${id}`)).body as Subscription;
const tries = (id: string) =>
  world.database.sql.rows<Try & Record<string, unknown>>(
    `select state, capture_amount as amount, captured_amount as captured, failure_code as code from payments
     where purpose = 'subscription' and key like 'subscription:' || $1 || ':%' order by key`,
    [id],
  );
const chargedAtStripe = (id: string) =>
  world.fake.intents().filter(({ metadata, amount_received: received }) => {
    return received > 0 && metadata.larder_payment?.startsWith(`subscription:${id}:`);
  });
const paid = { state: 'captured', amount: 4900, captured: 4900, code: null };
const declined = { state: 'declined', amount: 4900, captured: 0, code: 'generic_decline' };
const untilTried = (id: string, wanted: readonly Try[]) =>
  eventually(async () => expect(await tries(id)).toEqual(wanted), { withinMs: 30_000 });

/** What the sweep does, a day later. */
async function retry(id: string): Promise<number> {
  const { sql } = world.database;
  await sql.rows(
    `update payments set ended_at = ended_at - interval '25 hours' where key like 'subscription:' || $1 || ':%'`,
    [id],
  );
  return sql.transaction((tx) => retryCharges(tx, { charge: (inner, order) => chargePeriod(inner, order, { queue }) }));
}

it('charges a period once, however many purchases begin it at once, and lets collect what is paid', async () => {
  const id = await due('ada', ['M1', 'M2'], 'pm_card_visa');
  await Promise.all([buy('M1', 'ada'), buy('M2', 'ada')]);
  await untilTried(id, [paid]);
  expect(chargedAtStripe(id)).toMatchObject([{ amount: 4900, currency: 'eur', description: 'Subscription' }]);
  const before = (await subscription(id)).quotaUsed;
  expect(await buy('M1', 'ada')).toBe(0);
  expect(await subscription(id)).toMatchObject({ state: 'active', quotaUsed: before + 1 });
  const [row] = await world.database.sql.rows(
    `select sum(amount)::int as sales from ledger_entries l join payments p on p.document_id = l.payment_id
     where l.account = 'sales' and p.key like 'subscription:' || $1 || ':%'`,
    [id],
  );
  expect(row).toEqual({ sales: -4900 });
});

it.each([
  ['no answer, and it took effect', () => world.fake.faults.timeoutAfter('POST /v1/payment_intents')],
  ['a 500 after it took effect', () => world.fake.faults.errorAfter(500, 'POST /v1/payment_intents')],
  ['no answer, and it did not', () => world.fake.faults.timeoutBefore('POST /v1/payment_intents')],
])('charges once where Stripe answers unclearly: %s', async (name, strike) => {
  const customer = `unclear-${name.length}`;
  const id = await subscribed(customer, [], 'pm_card_visa');
  strike();
  await world.database.sql.transaction(async (sql) => {
    const [row] = await sql.rows<{ userId: number }>(`select id as "userId" from up_users where customer_id = $1`, [
      customer,
    ]);
    const order = { periodKey: `subscription:${id}:1`, attempt: 1, amount: 4900, currency: 'EUR' };
    const again = () => chargePeriod(sql, { ...order, userId: row?.userId ?? 0 }, { queue });
    await again();
    await again();
  });
  await untilTried(id, [paid]);
  expect(chargedAtStripe(id)).toHaveLength(1);
});

it('is followed up by the sweep where the job is gone', async () => {
  const id = await subscribed('eve', [], 'pm_card_visa');
  const { sql } = world.database;
  const [row] = await sql.rows<{ userId: number }>(`select id as "userId" from up_users where customer_id = 'eve'`);
  const order = { periodKey: `subscription:${id}:1`, attempt: 1, amount: 4900, currency: 'EUR' };
  const lost = { send: async () => {} };
  await chargePeriod(sql, { ...order, userId: row?.userId ?? 0 }, { queue: lost });
  await sql.rows(`update payments set updated_at = now() - interval '2 minutes' where key = $1`, [
    `${order.periodKey}:1`,
  ]);
  await untilTried(id, [paid]);
});

it('needs a saved card', async () => {
  const id = await subscribed('flo', ['M6'], 'pm_card_visa');
  await world.database.sql.rows(`update up_users set default_payment_method_id = null where customer_id = 'flo'`);
  await endPeriod(id);
  await buy('M6', 'flo');
  await untilTried(id, [{ ...declined, code: 'payment_method_missing' }]);
  expect(await subscription(id)).toMatchObject({ state: 'past_due' });
});

it('collects nothing for a period that could not be charged, tells a person, and goes on once a later try is paid', async () => {
  const id = await due('bob', ['M3'], 'pm_card_chargeDeclined');
  expect(await buy('M3', 'bob')).toBe(650);
  await untilTried(id, [declined]);
  expect(await subscription(id)).toMatchObject({ state: 'past_due', quotaUsed: 0 });
  const { body } = await world.larder.get('/api/subscriptions?user=bob&state=past_due').expect(200);
  expect((body as { data: Subscription[] }).data).toMatchObject([{ id }]);
  expect((await world.larder.get('/api/subscriptions?user=bob&state=active')).body).toMatchObject({ data: [] });
  const [shown] = await world.database.sql.rows(`select charge_state from subscriptions where document_id = $1`, [id]);
  expect(shown).toEqual({ charge_state: 'past_due' }); // what the panel lists
  const alerts = await world.database.sql.rows<{ message: string }>(
    `select data ->> 'message' as message from pgboss.job where name = 'alerts.raise' and data ->> 'cause' = 'subscription_unpaid'
       and data ->> 'customerId' = 'bob'`,
  );
  expect(alerts).toEqual([{ message: expect.stringContaining('49 EUR') }]);
  expect(await world.database.sql.rows(`select 1 from debts`)).toEqual([]);

  expect(await buy('M3', 'bob')).toBe(650); // the door opens, and it is a sale
  await setCard('bob', 'pm_card_visa');
  expect(await retry(id)).toBe(1);
  await untilTried(id, [declined, paid]);
  expect(await subscription(id)).toMatchObject({ state: 'active' });
  await stockMeals(world.database.sql, 'M3', [{ barcode: 'bob-paid', sku: '1001', reservedFor: 'bob' }]);
  expect(await buy('M3', 'bob')).toBe(0);
  expect(await retry(id)).toBe(0);
});

it('gives up after four tries, is not escaped by a pause, and tries no more once it has ended', async () => {
  const id = await due('cyd', ['M4'], 'pm_card_chargeDeclined');
  await buy('M4', 'cyd');
  await untilTried(id, [declined]);
  await world.larder.post(`/api/subscriptions/${id}/pause`, {}).expect(200);
  expect(await retry(id)).toBe(0);
  const resumed = await world.larder.post(`/api/subscriptions/${id}/resume`, {}).expect(200);
  expect(resumed.body).toMatchObject({ state: 'past_due' });
  for (const n of [2, 3, 4]) {
    expect(await retry(id)).toBe(1);
    await untilTried(
      id,
      Array.from({ length: n }, () => declined),
    );
  }
  expect(await retry(id)).toBe(0);

  const other = await due('dan', ['M5'], 'pm_card_chargeDeclined');
  await buy('M5', 'dan');
  await untilTried(other, [declined]);
  await world.larder.post(`/api/subscriptions/${other}/end`, {}).expect(200);
  expect(await retry(other)).toBe(0);
});

it("gives the owner a stolen meal's share of the period back where no equal meal is left, once, and one meal fewer", async () => {
  const { sql } = world.database;
  const id = await due('gus', ['M7'], 'pm_card_visa');
  await buy('M7', 'gus'); // begins the period that is charged
  await untilTried(id, [paid]);
  const { quotaUsed } = await subscription(id);
  const theft = await world.openedWithCard('M7', 'thief');
  world.simulator.customer('M7').take('1001');
  world.simulator.customer('M7').close();
  await world.untilPaid(theft, 'captured');

  const thefts = () =>
    sql.rows(
      `select barcode, is_owed, refund_amount as amount, refund_currency as currency from larder.thefts where transaction_id = $1`,
      [theft],
    );
  const back = { barcode: expect.stringMatching(/^gus-M7-/), is_owed: false, amount: 1633, currency: 'EUR' };
  await eventually(async () => expect(await thefts()).toEqual([back]), { withinMs: 30_000 });
  expect(await subscription(id)).toMatchObject({ quotaUsed: quotaUsed + 1 });
  const [stolen] = (await thefts()) as { barcode: string }[];
  await queue.send(sql, [
    { queue: 'meals.compensate', data: { transactionId: theft, barcode: stolen?.barcode, isBlocked: false } },
  ]);
  const refunds = () =>
    sql.rows(
      `select r.amount, r.state, r.requested_by as by from refunds r join refunds_payment_lnk l on l.refund_id = r.id
       join payments p on p.id = l.payment_id where p.key like 'subscription:' || $1 || ':%'`,
      [id],
    );
  await eventually(async () => expect(await refunds()).toEqual([{ amount: 1633, state: 'succeeded', by: 'larder' }]));
  await eventually(async () => {
    const rows = await sql.rows<{ state: string }>(`select state from pgboss.job where name = 'meals.compensate'`);
    expect(rows.map(({ state }) => state)).toEqual(['completed', 'completed']);
  });
  expect(await refunds()).toHaveLength(1);
  expect(await subscription(id)).toMatchObject({ quotaUsed: quotaUsed + 1 });
  const alerts = await sql.rows<{ message: string }>(
    `select data ->> 'message' as message from pgboss.job where name = 'alerts.raise' and data ->> 'cause' = 'theft'`,
  );
  expect(alerts).toEqual([{ message: expect.stringContaining('they get 16.33 EUR back') }]);
});

it('tells of a theft all the same where it could not be decided what the owner gets', async () => {
  const { sql } = world.database;
  const [theft] = await sql.rows<{ id: string }>(
    `insert into larder.thefts (transaction_id, barcode, sku, machine_id, owner_id, is_seen, amount, currency, is_owed)
     select t.document_id, 'undecided', '1001', 'M7', u.id, true, 650, 'EUR', true from transactions t, up_users u
     where u.customer_id = 'gus' limit 1 returning transaction_id as id`,
  );
  const data = { transactionId: theft?.id, barcode: 'undecided', isBlocked: false };
  await queue.send(sql, [{ queue: 'meals.compensate-dead', data }]);
  const told = () =>
    sql.rows<{ message: string }>(
      `select data ->> 'message' as message from pgboss.job where name = 'alerts.raise' and data ->> 'occurrence' = $1`,
      [`${theft?.id}:theft:undecided`],
    );
  await eventually(async () =>
    expect(await told()).toEqual([{ message: expect.stringContaining('they are owed a meal') }]),
  );
  await sql.rows(`delete from larder.thefts where barcode = 'undecided'`); // it had no purchase's line
  const [dead] = await sql.rows(`select dead_letter from pgboss.queue where name = 'meals.compensate'`);
  expect(dead).toEqual({ dead_letter: 'meals.compensate-dead' });
});

it('knows of the charge of a subscription that was there before its state was kept', async () => {
  const { sql } = world.database;
  const states = () =>
    sql.rows(`select charge_key is null as uncharged, charge_state as state from subscriptions order by id`);
  const before = await states();
  expect(before).toEqual(expect.arrayContaining([expect.objectContaining({ state: 'past_due' })]));
  await sql.rows(`update subscriptions set charge_state = null`);
  await ensureMealsSchema(sql);
  expect(await states()).toEqual(before);
});
