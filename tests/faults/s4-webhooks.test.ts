/** S4: webhooks a hundred times at once, out of order, missing, forged, stale, from the future, tampered. One effect, or nothing. */
import { execFile } from 'node:child_process';
import path from 'node:path';
import { promisify } from 'node:util';
import { eventually } from '../support/eventually';
import { breaches } from '../support/invariants';
import { moneyBreaches } from '../support/money-invariants';
import {
  alertsOf,
  dealtWith,
  madeUpEvent,
  nowSeconds,
  post,
  signed,
  storedEvents,
  webhookUrl,
} from '../support/stripe-events';
import { startStripeWorld, type StripeWorld } from '../support/stripe-world';

let world: StripeWorld;
let machines = 0;

beforeAll(async () => {
  // The sweep is left for the end: until then only webhooks tell.
  world = await startStripeWorld({ machines: 20, env: { BILLING_SWEEP_S: '60' } });
  world.fake.webhooks.setUrl(webhookUrl(world));
});
afterAll(() => world?.stop());
afterEach(() => {
  world.fake.faults.clear();
  world.fake.faults.webhooks.clear();
});

const opened = async () => {
  const machine = `M${++machines}`;
  const id = await world.openedWithCard(machine, `buyer-${machine}`);
  const { payment_intent_id: intent } = await world.payment(id);
  return { machine, id, intent: intent ?? '' };
};
const shop = (machine: string, skus: readonly string[]) => {
  const customer = world.simulator.customer(machine);
  for (const sku of skus) customer.take(sku);
  customer.close();
};
/** A purchase of 7.90 EUR, captured. */
const bought = async () => {
  const purchase = await opened();
  shop(purchase.machine, ['1002']);
  await world.untilPaid(purchase.id, 'captured');
  return purchase;
};
const notes = async (id: string, name: string) =>
  (await world.history(id)).filter((event) => event.name === name).map(({ outcome }) => outcome);
const balance = async (id: string, account: string) => {
  const [row] = await world.database.sql.rows<{ sum: number }>(
    `select coalesce(sum(amount), 0)::int as sum from ledger_entries where transaction_id = $1 and account = $2`,
    [id, account],
  );
  return row?.sum;
};
const paymentOf = async (id: string) => {
  const [row] = await world.database.sql.rows<{ state: string; disputed_amount: number; refunded_amount: number }>(
    `select state, disputed_amount, refunded_amount, fee_amount from payments where key = $1`,
    [`purchase:${id}`],
  );
  return row;
};

describe('what Stripe did not sign, now', () => {
  const object = { id: 'pi_nobody', object: 'payment_intent' };
  const good = () => madeUpEvent('payment_intent.succeeded', object);
  const cases: [string, () => { id: string; body: string; signature: string | null }][] = [
    ['without a signature', () => ({ ...good(), signature: null })],
    ['with an empty one', () => ({ ...good(), signature: '' })],
    ['with one that cannot be read', () => ({ ...good(), signature: 'v1=zz;t=now' })],
    ['with a time and no signature', () => ({ ...good(), signature: `t=${nowSeconds()}` })],
    ['forged', () => sign(good(), 0, 'whsec_another')],
    [
      'tampered with',
      () => {
        const event = good();
        return { ...event, signature: signed(world, event.body), body: event.body.replace('pi_nobody', 'pi_mine') };
      },
    ],
    ['stale', () => sign(good(), 310)],
    ['from the future', () => sign(good(), -310)],
    [
      'with its own time changed',
      () => {
        const event = good();
        return { ...event, signature: signed(world, event.body, 310).replace(/^t=\d+/, `t=${nowSeconds()}`) };
      },
    ],
    ['signed, and no JSON', () => sign({ id: 'none', body: '{"id":' })],
    ['signed, and no event', () => sign({ id: 'none', body: '[]' })],
    ['signed, and empty', () => sign({ id: 'none', body: '' })],
    ['signed, without a type', () => sign(madeUpEvent('', object))],
  ];
  const sign = (event: { id: string; body: string }, ago = 0, secret?: string) => ({
    ...event,
    signature: signed(world, event.body, ago, secret),
  });

  it.each(cases)('%s: 400, and nothing is stored', async (_, make) => {
    const before = await storedEvents(world);
    const { body, signature } = make();
    expect(await post(world, body, signature)).toEqual({ status: 400, code: 'invalid_signature' });
    expect(await storedEvents(world)).toEqual(before);
  });

  it('but some minutes off the clock are nothing', async () => {
    for (const ago of [290, -290]) {
      const event = good();
      expect(await post(world, event.body, signed(world, event.body, ago))).toEqual({ status: 200, code: undefined });
      await eventually(async () =>
        expect(await storedEvents(world)).toContainEqual(expect.objectContaining({ id: event.id, state: 'ignored' })),
      );
    }
  });

  it('too long: 413; not posted: 405', async () => {
    const { body, id } = madeUpEvent('payment_intent.succeeded', { ...object, description: 'x'.repeat(1_100_000) });
    expect(await post(world, body, signed(world, body))).toEqual({ status: 413, code: 'payload_too_large' });
    expect((await storedEvents(world)).map((event) => event.id)).not.toContain(id);
    expect((await fetch(webhookUrl(world))).status).toBe(405);
  });

  it('keeps no client secret, and takes what PostgreSQL has no place for', async () => {
    const secret = 'pi_nobody_secret_abc123';
    const { body, id } = madeUpEvent('payment_intent.succeeded', {
      ...object,
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
  const { id, intent } = await bought();
  world.fake.faults.webhooks.duplicate(100);
  const dispute = world.fake.hands.openDispute(intent);
  await world.fake.webhooks.settled();
  const deliveries = world.fake.webhooks.deliveries.filter(({ type }) => type.startsWith('charge.dispute'));
  expect(deliveries.length).toBeGreaterThanOrEqual(200);
  await dealtWith(world, 'charge.dispute.created', dispute);
  await dealtWith(world, 'charge.dispute.funds_withdrawn', dispute);
  expect(await notes(id, 'payment.disputed')).toEqual(['opened']);
  expect(await balance(id, 'disputes')).toBe(790);
  expect(await paymentOf(id)).toMatchObject({ state: 'captured', disputed_amount: 790 });
  expect(await alertsOf(world, id)).toEqual(['dispute_opened']);
});

describe.each([
  ['won', 0],
  ['lost', 790],
] as const)('a dispute that is %s', (end, left) => {
  it('in any order: each step once, and never back', async () => {
    const { id, intent } = await bought();
    const stripeBefore = await balance(id, 'stripe');
    // created, funds_withdrawn, (funds_reinstated,) closed: the last comes first.
    world.fake.faults.webhooks.reorder(end === 'won' ? 4 : 3);
    const dispute = world.fake.hands.openDispute(intent);
    world.fake.hands.closeDispute(dispute, end);
    await world.fake.webhooks.settled();
    await dealtWith(world, 'charge.dispute.created', dispute);
    await dealtWith(world, 'charge.dispute.closed', dispute);
    expect(await notes(id, 'payment.disputed')).toEqual(['opened', end]);
    expect(await balance(id, 'disputes')).toBe(left);
    expect(await paymentOf(id)).toMatchObject({ state: 'captured', disputed_amount: left });
    // What a dispute costs is a fee: 20 EUR.
    expect((stripeBefore ?? 0) - ((await balance(id, 'stripe')) ?? 0)).toBe(left + 2000);
    expect(await alertsOf(world, id)).toEqual(['dispute_opened']);
  });
});

describe('what somebody does in Stripe’s dashboard', () => {
  it('a charge of what is due, before it is known: captured, and somebody is told', async () => {
    const { id, machine, intent } = await opened();
    world.fake.hands.captureFromDashboard(intent, 790);
    await dealtWith(world, 'payment_intent.succeeded', intent);
    expect(await alertsOf(world, id)).toEqual(['payment_review']);
    shop(machine, ['1002']);
    expect(await world.untilPaid(id, 'captured')).toMatchObject({ capturedAmount: 790 });
  });

  it('a charge where nothing was due: a person decides', async () => {
    const { id, machine, intent } = await opened();
    world.fake.hands.captureFromDashboard(intent, 100);
    await dealtWith(world, 'payment_intent.succeeded', intent);
    shop(machine, []);
    await world.untilPaid(id, 'review');
    expect(await alertsOf(world, id)).toContain('payment_review');
  });

  it('a hold cancelled while its purchase goes on: the end of the purchase decides', async () => {
    const [empty, full] = [await opened(), await opened()];
    for (const { id, intent } of [empty, full]) {
      world.fake.hands.cancelFromDashboard(intent);
      await dealtWith(world, 'payment_intent.canceled', intent);
      expect(await alertsOf(world, id)).toEqual(['payment_review']);
    }
    shop(empty.machine, []);
    shop(full.machine, ['1002']);
    await world.untilPaid(empty.id, 'released');
    await world.untilPaid(full.id, 'review');
  });

  it('a hold cancelled that Larder could not release: released', async () => {
    const { id, machine, intent } = await opened();
    world.fake.faults.rateLimit(1000, 'POST /v1/payment_intents/*/cancel');
    shop(machine, []);
    await eventually(async () => expect(await paymentOf(id)).toMatchObject({ state: 'releasing' }));
    world.fake.hands.cancelFromDashboard(intent);
    await world.untilPaid(id, 'released');
    expect((await dealtWith(world, 'payment_intent.canceled', intent))[0]?.state).toBe('done');
  });

  it('a refund: a row of its own, and the books know', async () => {
    const { id, intent } = await bought();
    const refund = world.fake.hands.refundFromDashboard(intent, 300);
    await dealtWith(world, 'refund.created', refund);
    const rows = await world.database.sql.rows(
      `select state, amount, requested_by from refunds where stripe_refund_id = $1`,
      [refund],
    );
    expect(rows).toEqual([{ state: 'succeeded', amount: 300, requested_by: 'stripe' }]);
    expect(await world.purchase(id)).toMatchObject({ refundedAmount: 300, paymentState: 'captured' });
    expect(await balance(id, 'refunds')).toBe(300);
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
    const { machine } = await opened();
    shop(machine, []);
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
  const replay = (...args: string[]) =>
    promisify(execFile)(process.execPath, [path.resolve('dist/scripts/replay-stripe-events.js'), ...args], {
      env: { ...process.env, DATABASE_URL: world.database.url },
    });

  it('is tried again, then failed and told; the command has it done', async () => {
    const { id, intent } = await bought();
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
    expect(await notes(id, 'payment.disputed')).toEqual([]);
    fault.remove();
    expect((await replay('--failed')).stdout).toMatch(new RegExp(`^Queued again: 1\n${failed.id}`));
    await eventually(async () => expect(await notes(id, 'payment.disputed')).toEqual(['opened']));
  });

  it('by its id, since a day, and with help', async () => {
    const [event] = await dealtWith(world, 'customer.updated', (await storedOf('customer.updated')) ?? '');
    expect((await replay(event?.id ?? '')).stdout).toMatch(/^Queued again: 1\n/);
    expect((await replay('--since', '2999-01-01')).stdout).toMatch(/^Nothing to act on again/);
    expect((await replay('--help')).stdout).toMatch(/^Usage: npm run stripe:replay/);
    await expect(replay('evt_nobody')).rejects.toMatchObject({
      code: 1,
      stderr: expect.stringContaining('evt_nobody'),
    });
    await expect(replay('--failed', '--since', '2026-01-01')).rejects.toMatchObject({ code: 1 });
    await expect(replay('--since', 'yesterday')).rejects.toMatchObject({ code: 1 });
    // All that ever happened, once more: nothing changes.
    const before = await world.database.sql.rows(`select count(*)::int from ledger_entries`);
    expect((await replay('--since', '2020-01-01')).stdout).toMatch(/^Queued again: \d{2,}/);
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

describe('what no webhook tells', () => {
  beforeAll(async () => {
    world.fake.webhooks.setUrl('');
    await world.startAnother({ env: { BILLING_SWEEP_S: '1' } });
  });

  it('the sweep finds: a dispute, a refund', async () => {
    const [disputed, refunded] = [await bought(), await bought()];
    const dispute = world.fake.hands.openDispute(disputed.intent);
    const refund = world.fake.hands.refundFromDashboard(refunded.intent);
    expect(await dealtWith(world, 'charge.dispute.created', dispute)).toMatchObject([
      { source: 'sweep', state: 'done' },
    ]);
    expect(await dealtWith(world, 'refund.created', refund)).toMatchObject([{ source: 'sweep', state: 'done' }]);
    expect(await notes(disputed.id, 'payment.disputed')).toEqual(['opened']);
    expect(await paymentOf(refunded.id)).toMatchObject({ refunded_amount: 790 });
  });

  it('a hold that lapsed: a person decides', async () => {
    const { id, intent } = await opened();
    world.fake.time.advance(8 * 86_400_000);
    await dealtWith(world, 'payment_intent.canceled', intent);
    await world.untilPaid(id, 'review');
    expect(await alertsOf(world, id)).toContain('payment_review');
  });
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
