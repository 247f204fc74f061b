/** S4: webhooks a hundred times at once, out of order, forged, stale, from the future, tampered. One effect, or nothing. */
import path from 'node:path';
import { eventually } from '../support/eventually';
import { FORGED, NOBODY, wellFormed } from '../support/forged-events';
import { breaches } from '../support/invariants';
import { moneyBreaches } from '../support/money-invariants';
import {
  alertsOf,
  dealtWith,
  madeUpEvent,
  post,
  replayStripeEvents,
  signed,
  storedEvents,
  webhookUrl,
} from '../support/stripe-events';
import { startStripeWorld, type StripeWorld } from '../support/stripe-world';
import { openWebhookDesk, type WebhookDesk } from '../support/webhook-desk';

let world: StripeWorld;
let desk: WebhookDesk;

beforeAll(async () => {
  // The sweep hardly ever comes: here only webhooks tell.
  world = await startStripeWorld({ machines: 20, env: { BILLING_SWEEP_S: '60' } });
  world.fake.webhooks.setUrl(webhookUrl(world));
  desk = openWebhookDesk(world);
});
afterAll(() => world?.stop());
afterEach(() => {
  world.fake.faults.clear();
  world.fake.faults.webhooks.clear();
});

describe('what Stripe did not sign, now', () => {
  it.each(FORGED)('%s: 400, and nothing is stored', async (_, make) => {
    const before = await storedEvents(world);
    const { body, signature } = make(world);
    expect(await post(world, body, signature)).toEqual({ status: 400, code: 'invalid_signature' });
    expect(await storedEvents(world)).toEqual(before);
  });

  it('but some minutes off the clock are nothing', async () => {
    for (const ago of [290, -290]) {
      const event = wellFormed();
      expect(await post(world, event.body, signed(world, event.body, ago))).toEqual({ status: 200, code: undefined });
      await eventually(async () =>
        expect(await storedEvents(world)).toContainEqual(expect.objectContaining({ id: event.id, state: 'ignored' })),
      );
    }
  });

  it('too long: 413; not posted: 405', async () => {
    const { body, id } = madeUpEvent('payment_intent.succeeded', { ...NOBODY, description: 'x'.repeat(1_100_000) });
    expect(await post(world, body, signed(world, body))).toEqual({ status: 413, code: 'payload_too_large' });
    expect((await storedEvents(world)).map((event) => event.id)).not.toContain(id);
    expect((await fetch(webhookUrl(world))).status).toBe(405);
  });

  it('keeps no client secret, and takes what PostgreSQL has no place for', async () => {
    const secret = 'pi_nobody_secret_abc123';
    const { body, id } = madeUpEvent('payment_intent.succeeded', {
      ...NOBODY,
      client_secret: secret,
      next_action: { url: `https://stripe.test/?client_secret=${secret}` },
      description: 'a\u0000b\ud800',
    });
    expect((await post(world, body, signed(world, body))).status).toBe(200);
    const [row] = await world.database.sql.rows<{ payload: string }>(
      `select payload::text as payload from stripe_events where stripe_event_id = $1`,
      [id],
    );
    expect(row?.payload).toContain('pi_nobody');
    expect(row?.payload).not.toContain('abc123');
  });
});

it('a hundred times at once: stored once, one effect', async () => {
  const { id, intent } = await desk.bought();
  world.fake.faults.webhooks.duplicate(100);
  const dispute = world.fake.hands.openDispute(intent);
  await world.fake.webhooks.settled();
  const deliveries = world.fake.webhooks.deliveries.filter(({ type }) => type.startsWith('charge.dispute'));
  expect(deliveries.length).toBeGreaterThanOrEqual(200);
  await dealtWith(world, 'charge.dispute.created', dispute);
  await dealtWith(world, 'charge.dispute.funds_withdrawn', dispute);
  expect(await desk.notes(id, 'payment.disputed')).toEqual(['opened']);
  expect(await desk.balance(id, 'disputes')).toBe(790);
  expect(await desk.paymentOf(id)).toMatchObject({ state: 'captured', disputed_amount: 790 });
  expect(await alertsOf(world, id)).toEqual(['dispute_opened']);
});

describe.each([
  ['won', 0],
  ['lost', 790],
] as const)('a dispute that is %s', (end, left) => {
  it('in any order: each step once, and never back', async () => {
    const { id, intent } = await desk.bought();
    const stripeBefore = await desk.balance(id, 'stripe');
    // created, funds_withdrawn, (funds_reinstated,) closed: the last comes first.
    world.fake.faults.webhooks.reorder(end === 'won' ? 4 : 3);
    const dispute = world.fake.hands.openDispute(intent);
    world.fake.hands.closeDispute(dispute, end);
    await world.fake.webhooks.settled();
    await dealtWith(world, 'charge.dispute.created', dispute);
    await dealtWith(world, 'charge.dispute.closed', dispute);
    expect(await desk.notes(id, 'payment.disputed')).toEqual(['opened', end]);
    expect(await desk.balance(id, 'disputes')).toBe(left);
    expect(await desk.paymentOf(id)).toMatchObject({ state: 'captured', disputed_amount: left });
    // What a dispute costs is a fee: 20 EUR.
    expect((stripeBefore ?? 0) - ((await desk.balance(id, 'stripe')) ?? 0)).toBe(left + 2000);
    expect(await alertsOf(world, id)).toEqual(['dispute_opened']);
  });
});

describe('what somebody does in Stripe’s dashboard', () => {
  it('a charge of what is due, before it is known: captured, and somebody is told', async () => {
    const { id, machine, intent } = await desk.opened();
    world.fake.hands.captureFromDashboard(intent, 790);
    await dealtWith(world, 'payment_intent.succeeded', intent);
    expect(await alertsOf(world, id)).toEqual(['payment_review']);
    desk.shop(machine, ['1002']);
    expect(await world.untilPaid(id, 'captured')).toMatchObject({ capturedAmount: 790 });
  });

  it('a charge where nothing was due: a person decides', async () => {
    const { id, machine, intent } = await desk.opened();
    world.fake.hands.captureFromDashboard(intent, 100);
    await dealtWith(world, 'payment_intent.succeeded', intent);
    desk.shop(machine, []);
    await world.untilPaid(id, 'review');
    expect(await alertsOf(world, id)).toContain('payment_review');
  });

  it('a hold cancelled while its purchase goes on: the end of the purchase decides', async () => {
    const [empty, full] = [await desk.opened(), await desk.opened()];
    for (const { id, intent } of [empty, full]) {
      world.fake.hands.cancelFromDashboard(intent);
      await dealtWith(world, 'payment_intent.canceled', intent);
      expect(await alertsOf(world, id)).toEqual(['payment_review']);
    }
    desk.shop(empty.machine, []);
    desk.shop(full.machine, ['1002']);
    await world.untilPaid(empty.id, 'released');
    await world.untilPaid(full.id, 'review');
  });

  it('a hold cancelled that Larder could not release: released', async () => {
    const { id, machine, intent } = await desk.opened();
    world.fake.faults.rateLimit(1000, 'POST /v1/payment_intents/*/cancel');
    desk.shop(machine, []);
    await eventually(async () => expect(await desk.paymentOf(id)).toMatchObject({ state: 'releasing' }));
    world.fake.hands.cancelFromDashboard(intent);
    await world.untilPaid(id, 'released');
    expect((await dealtWith(world, 'payment_intent.canceled', intent))[0]?.state).toBe('done');
  });

  it('a refund: a row of its own, and the books know', async () => {
    const { id, intent } = await desk.bought();
    const refund = world.fake.hands.refundFromDashboard(intent, 300);
    await dealtWith(world, 'refund.created', refund);
    const rows = await world.database.sql.rows(
      `select state, amount, requested_by from refunds where stripe_refund_id = $1`,
      [refund],
    );
    expect(rows).toEqual([{ state: 'succeeded', amount: 300, requested_by: 'stripe' }]);
    expect(await world.purchase(id)).toMatchObject({ refundedAmount: 300, paymentState: 'captured' });
    expect(await desk.balance(id, 'refunds')).toBe(300);
  });
});

describe('a customer’s card at Stripe', () => {
  const userOf = async (customer: string) => {
    const [row] = await world.database.sql.rows<{ customer: string; method: string | null; last4: string | null }>(
      `select stripe_customer_id as customer, default_payment_method_id as method, card_last_4 as last4
       from up_users where customer_id = $1`,
      [customer],
    );
    return row;
  };

  it('becomes theirs where it is made the default, and nobody’s where it is detached', async () => {
    const { machine } = await desk.opened();
    desk.shop(machine, []);
    const buyer = `buyer-${machine}`;
    const method = await world.saveCard(buyer, 'pm_card_mastercard');
    const customer = (await userOf(buyer))?.customer ?? '';
    await world.stripe.customers.update(customer, { invoice_settings: { default_payment_method: method } });
    await dealtWith(world, 'customer.updated', customer);
    expect(await userOf(buyer)).toEqual({ customer, method, last4: '4444' });
    await world.stripe.paymentMethods.detach(method);
    await dealtWith(world, 'payment_method.detached', method);
    expect(await userOf(buyer)).toEqual({ customer, method: null, last4: null });
  });
});

describe('an event that cannot be dealt with', () => {
  it('is tried again, then failed and told; the command has it done', async () => {
    const { id, intent } = await desk.bought();
    const fault = world.fake.faults.errorBefore(500, 'GET /v1/disputes/*', { times: 1000 });
    world.fake.faults.webhooks.lose(1, 'charge.dispute.funds_withdrawn');
    const dispute = world.fake.hands.openDispute(intent);
    const failed = await eventually(async () => {
      // Its tries would take hours: this is the last one.
      await world.database.sql.rows(
        `update pgboss.job set retry_limit = retry_count, start_after = now()
         where name = 'billing.stripe-event' and state in ('created', 'retry')`,
      );
      const [event] = await world.database.sql.rows<{ id: string; error: string }>(
        `select stripe_event_id as id, error from stripe_events where object_id = $1 and state = 'failed'`,
        [dispute],
      );
      if (!event) throw new Error('It has not failed for the last time yet.');
      return event;
    });
    expect(failed.error).toContain('dispute');
    await eventually(async () => {
      const rows = await world.database.sql.rows(
        `select from pgboss.job where name = 'alerts.raise' and data ->> 'cause' = 'stripe_event_failed'
           and data ->> 'message' like '%' || $1 || '%'`,
        [failed.id],
      );
      expect(rows).toHaveLength(1);
    });
    expect(await desk.notes(id, 'payment.disputed')).toEqual([]);
    fault.remove();
    expect((await replayStripeEvents(world, '--failed')).stdout).toMatch(new RegExp(`^Queued again: 1\n${failed.id}`));
    await eventually(async () => expect(await desk.notes(id, 'payment.disputed')).toEqual(['opened']));
  });

  it('by its id, since a day, and with help', async () => {
    const [event] = await dealtWith(world, 'customer.updated', (await storedOf('customer.updated')) ?? '');
    expect((await replayStripeEvents(world, event?.id ?? '')).stdout).toMatch(/^Queued again: 1\n/);
    expect((await replayStripeEvents(world, '--since', '2999-01-01')).stdout).toMatch(/^Nothing to act on again/);
    expect((await replayStripeEvents(world, '--help')).stdout).toMatch(/^Usage: npm run stripe:replay/);
    await expect(replayStripeEvents(world, 'evt_nobody')).rejects.toMatchObject({
      code: 1,
      stderr: expect.stringContaining('evt_nobody'),
    });
    await expect(replayStripeEvents(world, '--failed', '--since', '2026-01-01')).rejects.toMatchObject({ code: 1 });
    await expect(replayStripeEvents(world, '--since', 'yesterday')).rejects.toMatchObject({ code: 1 });
    // All that ever happened, once more: nothing changes.
    const before = await world.database.sql.rows(`select count(*)::int from ledger_entries`);
    expect((await replayStripeEvents(world, '--since', '2020-01-01')).stdout).toMatch(/^Queued again: \d{2,}/);
    await eventually(async () =>
      expect((await storedEvents(world)).filter(({ state }) => state === 'received')).toEqual([]),
    );
    expect(await world.database.sql.rows(`select count(*)::int from ledger_entries`)).toEqual(before);
  });

  const storedOf = async (type: string) => {
    const [row] = await world.database.sql.rows<{ id: string }>(
      `select object_id as id from stripe_events where type = $1 limit 1`,
      [type],
    );
    return row?.id;
  };
});

it('goes by the database’s clock: an instance whose own is an hour off takes what is timely, and nothing else', async () => {
  const larder = await world.startAnother({
    preload: path.resolve(__dirname, '../support/clock-preload.cjs'),
    env: { LARDER_CLOCK_SHIFT_MS: '3600000', BILLING_SWEEP_S: '60' },
  });
  const at = { ...world, larder, fake: world.fake } as StripeWorld;
  const { body } = madeUpEvent('payment_intent.succeeded', { id: 'pi_nobody' });
  expect((await post(at, body, signed(world, body, -3600))).status).toBe(400);
  expect((await post(at, body, signed(world, body))).status).toBe(200);
  await larder.stop();
});

it('leaves every promise kept', async () => {
  const { sql } = world.database;
  expect(await breaches(sql, world.simulator)).toEqual([]);
  expect(await moneyBreaches(sql, world.fake)).toEqual([]);
  expect(await sql.rows(`select sum(amount)::int as sum from ledger_entries`)).toEqual([{ sum: 0 }]);
});
