/** S3, and the plain way: money is held before the door, and a door whose money is not secured stays shut. */
import { breaches } from '../support/invariants';
import { startStripeWorld, type StripeWorld } from '../support/stripe-world';

let world: StripeWorld;

beforeAll(async () => {
  world = await startStripeWorld({ machines: 10 });
});
afterAll(() => world.stop());
afterEach(async () => expect(await breaches(world.database.sql, world.simulator)).toEqual([]));

interface Refusal {
  error: {
    details: { code: string; reason: string; clientSecret: string | null; paymentIntentId: string | null; id: string };
  };
}
const detailsOf = (body: unknown) => (body as Refusal).error.details;

describe('a purchase with a saved card', () => {
  it('holds the ceiling, charges exactly what was taken, once, and gives the rest back', async () => {
    const id = await world.openedWithCard('M1', 'ada');
    expect(await world.payment(id)).toMatchObject({ state: 'held', authorized_amount: 2500 });
    expect(world.fake.intents().at(-1)).toMatchObject({ status: 'requires_capture', amount_capturable: 2500 });
    const customer = world.simulator.customer('M1');
    customer.take('1001');
    customer.take('1007');
    customer.close();
    await world.until(id, 'completed');
    const paid = await world.untilPaid(id, 'captured');
    expect(paid).toMatchObject({ totalAmount: 810, capturedAmount: 810, authorizedAmount: 2500, refundedAmount: null });
    expect(world.fake.captures().map(({ amount }) => amount)).toEqual([810]);
    const ledger = await world.database.sql.rows(
      `select account, sum(amount)::int as sum from ledger_entries where transaction_id = $1 group by 1 order by 1`,
      [id],
    );
    expect(ledger).toEqual([
      { account: 'fees', sum: 37 },
      { account: 'holds', sum: 0 },
      { account: 'holds_contra', sum: 0 },
      { account: 'sales', sum: -810 },
      { account: 'stripe', sum: 773 },
    ]);
  });

  it('releases the hold at once where nothing was taken', async () => {
    const id = await world.openedWithCard('M2', 'ben');
    world.simulator.customer('M2').close();
    await world.untilPaid(id, 'released', 5000);
    expect(world.fake.intents().at(-1)).toMatchObject({ status: 'canceled', amount_received: 0 });
    expect(await world.payment(id)).toMatchObject({ state: 'released', captured_amount: 0 });
  });
});

describe('a card that is declined', () => {
  it.each([
    ['pm_card_chargeDeclined', 'generic_decline'],
    ['pm_card_chargeDeclinedInsufficientFunds', 'insufficient_funds'],
  ])('%s: 402 with the reason, and the door stays shut', async (card, reason) => {
    const paymentMethodId = await world.saveCard('cleo', card);
    const response = await world.openWith('M3', 'cleo', { paymentMethodId, amount: 2500, currency: 'EUR' });
    expect(response.status).toBe(402);
    expect(detailsOf(response.body)).toMatchObject({ code: 'payment_declined', reason, clientSecret: null });
    const { id } = detailsOf(response.body);
    expect(await world.purchase(id)).toMatchObject({
      state: 'refused',
      door: 'locked',
      refusalCode: 'payment_declined',
    });
    expect(world.simulator.machine('M3').doorCommands).toBe(0);
  });

  it('asks for the customer where the bank wants to see them, and opens when they come back', async () => {
    const paymentMethodId = await world.saveCard('dora', 'pm_card_authenticationRequired');
    const refused = await world.openWith('M4', 'dora', { paymentMethodId, amount: 2500, currency: 'EUR' });
    expect(refused.status).toBe(402);
    const { reason, clientSecret, paymentIntentId, id } = detailsOf(refused.body);
    expect(reason).toBe('requires_action');
    expect(clientSecret).toMatch(/^pi_.*_secret_/);
    expect(world.simulator.machine('M4').doorCommands).toBe(0);
    expect(world.larder.log()).not.toContain(clientSecret);

    world.fake.hands.authenticate(paymentIntentId ?? '');
    const opened = await world.openWith('M4', 'dora', { paymentIntentId, amount: 2500, currency: 'EUR' });
    expect(opened.status).toBe(200);
    expect(await world.payment(id)).toMatchObject({ state: 'handed_over' });
    world.simulator.customer('M4').take('1001');
    world.simulator.customer('M4').close();
    const again = (opened.body as { id: string }).id;
    expect(await world.untilPaid(again, 'captured')).toMatchObject({ capturedAmount: 650 });
  });

  it('refuses a customer without a card', async () => {
    const response = await world.openWith('M5', 'emil', { amount: 2500, currency: 'EUR' });
    expect(response.status).toBe(402);
    expect(detailsOf(response.body)).toMatchObject({ reason: 'payment_method_missing' });
  });
});
