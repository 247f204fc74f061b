/** S4: no webhook ever comes, or there is no address for one. What Stripe knows is found all the same. */
import { breaches } from '../support/invariants';
import { moneyBreaches } from '../support/money-invariants';
import { alertsOf, dealtWith, madeUpEvent, signed } from '../support/stripe-events';
import { startStripeWorld, type StripeWorld } from '../support/stripe-world';
import { openWebhookDesk, type WebhookDesk } from '../support/webhook-desk';

let world: StripeWorld;
let desk: WebhookDesk;

beforeAll(async () => {
  // Its Stripe is given no address to send to.
  world = await startStripeWorld({ machines: 3, env: { BILLING_SWEEP_S: '1' } });
  desk = openWebhookDesk(world);
});
afterAll(() => world?.stop());

describe('what no webhook tells', () => {
  it('the sweep finds: a dispute, a refund', async () => {
    const [disputed, refunded] = [await desk.bought(), await desk.bought()];
    const dispute = world.fake.hands.openDispute(disputed.intent);
    const refund = world.fake.hands.refundFromDashboard(refunded.intent);
    expect(await dealtWith(world, 'charge.dispute.created', dispute)).toMatchObject([
      { source: 'sweep', state: 'done' },
    ]);
    expect(await dealtWith(world, 'refund.created', refund)).toMatchObject([{ source: 'sweep', state: 'done' }]);
    expect(await desk.notes(disputed.id, 'payment.disputed')).toEqual(['opened']);
    expect(await desk.paymentOf(refunded.id)).toMatchObject({ refunded_amount: 790 });
  });

  it('a hold that lapsed: a person decides', async () => {
    const { id, intent } = await desk.opened();
    world.fake.time.advance(8 * 86_400_000);
    await dealtWith(world, 'payment_intent.canceled', intent);
    await world.untilPaid(id, 'review');
    expect(await alertsOf(world, id)).toContain('payment_review');
  });
});

it('is not there where payments are only recorded', async () => {
  const larder = await world.startAnother({ env: { PAYMENTS: 'record' } });
  const { body } = madeUpEvent('payment_intent.succeeded', { id: 'pi_nobody' });
  const response = await fetch(`${larder.url}/api/billing/webhook`, {
    method: 'POST',
    headers: { 'Stripe-Signature': signed(world, body) },
    body,
  });
  expect(response.status).toBe(404);
});

it('leaves every promise kept', async () => {
  const { sql } = world.database;
  expect(await breaches(sql, world.simulator)).toEqual([]);
  expect(await moneyBreaches(sql, world.fake)).toEqual([]);
  expect(await sql.rows(`select sum(amount)::int as sum from ledger_entries`)).toEqual([{ sum: 0 }]);
});
