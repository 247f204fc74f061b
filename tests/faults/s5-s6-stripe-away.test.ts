/** S5 and S6: Stripe is away while customers buy; baskets above their hold; holds that lapse; holds the front end brings. */
import { eventually } from '../support/eventually';
import { breaches } from '../support/invariants';
import { moneyBreaches } from '../support/money-invariants';
import { startStripeWorld, type StripeWorld } from '../support/stripe-world';

interface Refusal {
  error: { details: { code: string; reason: string | null } };
}
const detailsOf = (body: unknown) => (body as Refusal).error.details;

let world: StripeWorld;

beforeAll(async () => {
  world = await startStripeWorld({ machines: 20, env: { STRIPE_AT_RISK_AMOUNT: '4000' } });
});
afterAll(() => world.stop());
afterEach(async () => {
  world.fake.faults.clear();
  expect(await breaches(world.database.sql, world.simulator)).toEqual([]);
  expect(await moneyBreaches(world.database.sql, world.fake)).toEqual([]);
});

const take = (machine: string, ...skus: string[]) => {
  const customer = world.simulator.customer(machine);
  for (const sku of skus) customer.take(sku);
  customer.close();
};
const capturesOf = (intent: string | null) =>
  world.fake.captures().filter(({ paymentIntent }) => paymentIntent === intent);
/** Waits until there is one incident of this cause, in one of these states. */
const incident = (cause: string, states = ['open', 'resolved']) =>
  eventually(async () => {
    const rows = await world.database.sql.rows<{ state: string }>(`select state from incidents where cause = $1`, [
      cause,
    ]);
    expect(rows).toHaveLength(1);
    expect(states).toContain(rows[0]?.state);
  });

describe('S5: Stripe is away', () => {
  it('lets purchases end, refuses new doors with 503, and charges everything once when Stripe is back', async () => {
    const machines = ['M1', 'M2', 'M3', 'M4', 'M5'];
    const ids = await Promise.all(machines.map((machine) => world.openedWithCard(machine, `away-${machine}`)));
    world.fake.faults.down(true);
    for (const machine of machines.slice(0, 4)) take(machine, '1001');
    take('M5');
    for (const id of ids) await world.until(id, ['completed', 'empty']);
    const paymentMethodId = 'pm_of_a_stranger';
    const refused = await world.openWith('M6', 'stranger', { paymentMethodId, amount: 2500, currency: 'EUR' });
    expect(refused.status).toBe(503);
    expect(detailsOf(refused.body).code).toBe('payments_unavailable');
    expect(world.simulator.machine('M6').doorCommands).toBe(0);

    // Told while it is away, and every payment has been tried: both take moments, and before them Stripe must not be back.
    await incident('stripe_down', ['open']);
    await eventually(async () => {
      const states = await Promise.all(ids.map(async (id) => (await world.payment(id)).state));
      expect(states).toEqual(['capturing', 'capturing', 'capturing', 'capturing', 'releasing']);
    });
    // An hour goes by: the tries of the jobs are used up, and only the payments' own rows remember.
    // One that is at hand would be done when Stripe is back: it has to fail first.
    await eventually(async () => {
      await world.database.sql.rows(`delete from pgboss.job where name = 'billing.settle' and state <> 'active'`);
      expect(await world.database.sql.rows(`select 1 from pgboss.job where name = 'billing.settle'`)).toEqual([]);
    });
    await world.database.sql.rows(`update payments set updated_at = updated_at - interval '1 hour'`);
    world.fake.faults.down(false);
    for (const id of ids.slice(0, 4)) {
      const paid = await world.untilPaid(id, 'captured', 40_000);
      expect(paid.capturedAmount).toBe(650);
      expect(capturesOf(paid.paymentIntentId)).toHaveLength(1);
    }
    await world.untilPaid(ids[4] ?? '', 'released', 40_000);
    await incident('stripe_down', ['resolved']);
  });

  it('trusts a customer who has paid before, up to what may be at risk at a machine', async () => {
    const paymentMethodId = await world.saveCard('regular');
    const order = { paymentMethodId, amount: 2500, currency: 'EUR' };
    const first = await world.openWith('M7', 'regular', order);
    take('M7', '1001');
    await world.untilPaid((first.body as { id: string }).id, 'captured');

    world.fake.faults.down(true);
    const trusted = await world.openWith('M7', 'regular', order);
    expect(trusted.status).toBe(200);
    const { id } = trusted.body as { id: string };
    expect(await world.payment(id)).toMatchObject({ state: 'at_risk', payment_intent_id: null });
    take('M7', '1002', '1003');
    await world.until(id, 'completed');
    // 25.00 are at risk already; 25.00 more would be above 40.00.
    const more = await world.openWith('M7', 'regular', order);
    expect(more.status).toBe(503);

    world.fake.faults.down(false);
    const paid = await world.untilPaid(id, 'captured', 40_000);
    expect(paid).toMatchObject({ capturedAmount: 1540 });
    expect(capturesOf(paid.paymentIntentId).map(({ amount }) => amount)).toEqual([1540]);
  });

  it('makes a debt of what was sold on trust and then declined, and opens no door until it is settled', async () => {
    const paymentMethodId = await world.saveCard('unlucky');
    const order = { paymentMethodId, amount: 2500, currency: 'EUR' };
    const first = await world.openWith('M8', 'unlucky', order);
    take('M8', '1001');
    await world.untilPaid((first.body as { id: string }).id, 'captured');
    world.fake.faults.down(true);
    const { id } = (await world.openWith('M8', 'unlucky', order)).body as { id: string };
    take('M8', '1001');
    await world.until(id, 'completed');
    world.fake.faults.down(false);
    world.fake.faults.decline('insufficient_funds', 'POST /v1/payment_intents');
    expect(await world.untilPaid(id, 'owed', 40_000)).toMatchObject({ capturedAmount: 0 });
    const again = await world.openWith('M9', 'unlucky', order);
    expect(again.status).toBe(402);
    expect(detailsOf(again.body).reason).toBe('debt_outstanding');
    await incident('debt_recorded');
  });
});

describe('S6: the hold does not fit', () => {
  it('charges the hold and records the rest as a debt', async () => {
    const paymentMethodId = await world.saveCard('hungry');
    const order = { paymentMethodId, amount: 1000, currency: 'EUR' };
    const { id } = (await world.openWith('M10', 'hungry', order)).body as { id: string };
    take('M10', '1001', '1002');
    expect(await world.untilPaid(id, 'captured')).toMatchObject({ totalAmount: 1440, capturedAmount: 1000 });
    const debts = await world.database.sql.rows(`select amount, state, cause from debts where key = $1`, [
      `debt:purchase:${id}`,
    ]);
    expect(debts).toEqual([{ amount: 440, state: 'open', cause: 'basket_above_hold' }]);
    const again = await world.openWith('M11', 'hungry', order);
    expect(detailsOf(again.body).reason).toBe('debt_outstanding');
  });

  it('sends a hold that lapsed before it was charged to a person', async () => {
    const id = await world.openedWithCard('M12', 'sleepy');
    world.fake.time.advance(8 * 86_400_000);
    take('M12', '1001');
    await world.untilPaid(id, 'review');
    expect(await world.payment(id)).toMatchObject({ state: 'review', captured_amount: 0 });
    await incident('payment_review');
  });

  it('warns a day before a hold lapses, and looks at Stripe once it has', async () => {
    const id = await world.openedWithCard('M13', 'undecided');
    const [row] = await world.database.sql.rows<{ left: number }>(
      `select extract(epoch from capture_before - now()) / 86400 as left from payments where key = $1`,
      [`purchase:${id}`],
    );
    expect(Number(row?.left)).toBeGreaterThan(0);
    const key = `purchase:${id}`;
    await world.database.sql.rows(`update payments set capture_before = now() + interval '20 hours' where key = $1`, [
      key,
    ]);
    await incident('hold_expiring');
    world.fake.time.advance(8 * 86_400_000);
    await world.database.sql.rows(`update payments set capture_before = now() - interval '1 minute' where key = $1`, [
      key,
    ]);
    await world.untilPaid(id, 'review');
    take('M13');
    await world.until(id, 'empty');
  });
});

describe('a hold that the front end authorised', () => {
  const authorised = async (customer: string, amount = 2500, currency = 'eur') => {
    const paymentMethodId = await world.saveCard(customer);
    const { customer: owner } = await world.stripe.paymentMethods.retrieve(paymentMethodId);
    return world.stripe.paymentIntents.create({
      amount,
      currency,
      capture_method: 'manual',
      confirm: true,
      off_session: true,
      payment_method: paymentMethodId,
      customer: String(owner),
    });
  };

  it('is taken over, and charged for what was taken', async () => {
    const intent = await authorised('fred');
    const response = await world.openWith('M14', 'fred', { paymentIntentId: intent.id, amount: 2500, currency: 'EUR' });
    expect(response.status).toBe(200);
    take('M14', '1002');
    const paid = await world.untilPaid((response.body as { id: string }).id, 'captured');
    expect(paid).toMatchObject({ capturedAmount: 790, paymentIntentId: intent.id });
  });

  it.each([
    ['payment_intent_unknown', async () => ({ paymentIntentId: 'pi_nobody_knows' })],
    ['payment_intent_amount', async () => ({ paymentIntentId: (await authorised('gina', 2000)).id })],
    ['payment_intent_currency', async () => ({ paymentIntentId: (await authorised('gina', 2500, 'chf')).id })],
    ['payment_intent_customer', async () => ({ paymentIntentId: (await authorised('somebody-else')).id })],
    [
      'payment_intent_not_authorized',
      async () => {
        const { id } = await authorised('gina');
        await world.stripe.paymentIntents.cancel(id);
        return { paymentIntentId: id };
      },
    ],
    [
      'payment_intent_used',
      async () => {
        const { id } = await authorised('gina');
        await world.openWith('M16', 'gina', { paymentIntentId: id, amount: 2500, currency: 'EUR' });
        return { paymentIntentId: id };
      },
    ],
  ])('%s: 402, and the door stays shut', async (reason, make) => {
    // Known at Stripe from an earlier purchase, so that another customer's intent does not make her that customer.
    const known = await authorised('gina');
    const before = await world.openWith('M15', 'gina', { paymentIntentId: known.id, amount: 2500, currency: 'EUR' });
    expect(before.status).toBe(200);
    take('M15');
    await world.untilPaid((before.body as { id: string }).id, 'released');
    const payment = { ...(await make()), amount: 2500, currency: 'EUR' };
    const opened = world.simulator.machine('M17').doorCommands;
    const response = await world.openWith('M17', 'gina', payment);
    expect([response.status, detailsOf(response.body).reason]).toEqual([402, reason]);
    expect(world.simulator.machine('M17').doorCommands).toBe(opened);
    // What was held for nothing is not ours to cancel: it is the front end's.
    for (const intent of world.fake.intents())
      if (intent.status === 'requires_capture' && !intent.metadata.larder_payment) {
        const isUsed =
          (
            await world.database.sql.rows(`select 1 from payments where payment_intent_id = $1 and state = 'held'`, [
              intent.id,
            ])
          ).length > 0;
        if (!isUsed) await world.stripe.paymentIntents.cancel(intent.id);
      }
  });
});
