/** Refunds: the room's core on a real PostgreSQL with the fake Stripe, and the REST routes on a whole Larder. */
import { authorize } from '../../src/plugins/billing/server/src/holds/authorize';
import { applyRefund } from '../../src/plugins/billing/server/src/refunds/apply';
import { requestRefund, type RefundOrder } from '../../src/plugins/billing/server/src/refunds/request';
import { createRefundSweep } from '../../src/plugins/billing/server/src/refunds/sweep';
import { settleJob } from '../../src/plugins/billing/server/src/settle/settle';
import { openBillingRoom, type BillingRoom, type Line } from '../support/billing-room';

let room: BillingRoom;
beforeAll(async () => {
  room = await openBillingRoom();
});
afterAll(() => room.stop());
afterEach(() => room.fake.faults.clear());

const SALADS: readonly Line[] = [
  ['1001', 2, 650],
  ['1007', 1, 160],
];

/** A purchase that was charged; answers its id. */
async function charged(lines = SALADS): Promise<string> {
  const buyer = await room.customer();
  const id = await room.purchase(buyer);
  const hold = { transactionId: id, customerId: buyer.customerId, amount: 2500, currency: 'EUR', provider: 'stripe' };
  expect(await authorize({ ...hold, paymentIntentId: null }, room.parts)).toMatchObject({ kind: 'authorized' });
  await room.end(id, lines);
  const amount = lines.reduce((sum, [, quantity, unitAmount]) => sum + quantity * unitAmount, 0);
  await room.parts.queue.send(room.parts.database, [settleJob({ transactionId: id, amount })]);
  await room.run('settle');
  return id;
}

let keys = 0;
const order = (transactionId: string, what: Partial<RefundOrder> = {}): RefundOrder => ({
  transactionId,
  amount: null,
  lines: null,
  reason: 'It was cold.',
  requestedBy: 'token:1',
  idempotencyKey: `key-${++keys}`,
  ...what,
});

async function requested(transactionId: string, what: Partial<RefundOrder> = {}) {
  const outcome = await requestRefund(order(transactionId, what), room.parts);
  if (outcome.kind !== 'requested') throw new Error(`Not requested: ${JSON.stringify(outcome)}`);
  return outcome.refund;
}

const atStripe = (transactionId: string) =>
  room.fake.refunds().filter(({ metadata }) => metadata?.larder_transaction === transactionId);

async function books(transactionId: string) {
  const [row] = await room.parts.database.rows<{
    refunded: number;
    shown: number | null;
    ledger: number;
    states: string[];
    history: string[];
  }>(
    `select p.refunded_amount as refunded, t.refunded_amount as shown,
       (select coalesce(sum(amount), 0)::int from ledger_entries where payment_id = p.document_id and account = 'refunds') as ledger,
       (select coalesce(array_agg(r.state::text order by r.id), '{}') from refunds r join refunds_payment_lnk l on l.refund_id = r.id where l.payment_id = p.id) as states,
       (select coalesce(array_agg(e.name::text order by e.id), '{}') from events e join events_transaction_lnk l on l.event_id = e.id
          where l.transaction_id = t.id and e.name like 'payment.refund%') as history
     from payments p join transactions t on p.key = 'purchase:' || t.document_id where t.document_id = $1`,
    [transactionId],
  );
  return row;
}

describe('a refund', () => {
  it('of everything gives everything back, once, and says so everywhere', async () => {
    const id = await charged();
    expect(await requested(id)).toMatchObject({ state: 'requested', amount: 1460, lines: null });
    await room.run('refund');
    expect(atStripe(id)).toMatchObject([{ amount: 1460, status: 'succeeded' }]);
    expect(await books(id)).toEqual({
      refunded: 1460,
      shown: 1460,
      ledger: 1460,
      states: ['succeeded'],
      history: ['payment.refunded'],
    });
    expect(await requestRefund(order(id), room.parts)).toEqual({ kind: 'nothing_to_refund' });
  });

  it('by line is priced as it was sold, and never of more than was bought', async () => {
    const id = await charged();
    const lines = [{ sku: '1001', quantity: 1 }];
    expect(await requested(id, { lines })).toMatchObject({
      amount: 650,
      lines: [{ sku: '1001', kind: 'sale', quantity: 1, unitAmount: 650, amount: 650 }],
    });
    const both = await requestRefund(order(id, { lines: [{ sku: '1001', quantity: 2 }] }), room.parts);
    expect(both).toEqual({ kind: 'refund_too_large', refundable: 810, line: { kind: 'too_many', index: 0, left: 1 } });
    const unknown = await requestRefund(order(id, { lines: [{ sku: '9999', quantity: 1 }] }), room.parts);
    expect(unknown).toMatchObject({ kind: 'refund_too_large', line: { left: 0 } });
    await requested(id, { lines: [...lines, { sku: '1007', quantity: 1 }] });
    await room.run('refund');
    expect(await books(id)).toMatchObject({ refunded: 1460, states: ['succeeded', 'succeeded'] });
  });

  it('of a product that was paid for in two ways is of the line that is named, and of none that is not', async () => {
    const id = await charged([
      ['1001', 1, 650, 'sale'],
      ['1001', 2, 0, 'collected'],
      ['1001', 2, 900, 'theft'],
    ]);
    const wanted = (quantity: number, kind?: 'sale' | 'collected' | 'theft') =>
      order(id, { lines: [{ sku: '1001', quantity, kind }] });
    const vague = await requestRefund(wanted(1), room.parts);
    expect(vague).toEqual({ kind: 'line_ambiguous', index: 0, kinds: ['sale', 'theft'] });
    expect(await requestRefund(wanted(1, 'collected'), room.parts)).toEqual({ kind: 'nothing_to_refund' });
    expect(await requestRefund(wanted(2, 'sale'), room.parts)).toMatchObject({ line: { index: 0, left: 1 } });
    expect(await requested(id, wanted(1, 'theft'))).toMatchObject({
      amount: 900,
      lines: [{ sku: '1001', kind: 'theft', quantity: 1, unitAmount: 900, amount: 900 }],
    });
    const both = [
      { sku: '1001', quantity: 1, kind: 'sale' as const },
      { sku: '1001', quantity: 1, kind: 'theft' as const },
    ];
    expect(await requested(id, { lines: both })).toMatchObject({ amount: 1550 });
    await room.run('refund');
    expect(await books(id)).toMatchObject({ refunded: 2450, states: ['succeeded', 'succeeded'] });
  });

  it('of a product with one line that cost something needs no more than the product, and counts it once', async () => {
    const id = await charged([
      ['1001', 2, 650, 'sale'],
      ['1001', 1, 0, 'collected'],
    ]);
    const twice = [
      { sku: '1001', quantity: 2 },
      { sku: '1001', quantity: 1, kind: 'sale' as const },
    ];
    expect(await requestRefund(order(id, { lines: twice }), room.parts)).toMatchObject({ line: { index: 1, left: 0 } });
    expect(await requested(id, { lines: twice.slice(0, 1) })).toMatchObject({ amount: 1300 });
  });

  it('is never above what is left, also when twenty ask at once', async () => {
    const id = await charged();
    expect(await requestRefund(order(id, { amount: 1461 }), room.parts)).toMatchObject({ refundable: 1460 });
    const outcomes = await Promise.all(
      Array.from({ length: 20 }, () => requestRefund(order(id, { amount: 300 }), room.parts)),
    );
    expect(outcomes.filter(({ kind }) => kind === 'requested')).toHaveLength(4);
    await room.run('refund');
    expect(await books(id)).toMatchObject({ refunded: 1200, shown: 1200, ledger: 1200 });
    expect(atStripe(id)).toHaveLength(4);
  });

  it('asked for again with its key is the same refund; with another request it is refused', async () => {
    const id = await charged();
    const first = order(id, { amount: 100 });
    const made = await Promise.all(Array.from({ length: 8 }, () => requestRefund(first, room.parts)));
    expect(new Set(made.map((one) => (one.kind === 'requested' ? one.refund.id : one.kind))).size).toBe(1);
    expect(await requestRefund({ ...first, amount: 200 }, room.parts)).toEqual({ kind: 'key_reused' });
    await room.run('refund');
    expect(atStripe(id)).toHaveLength(1);
  });

  it('needs a charge', async () => {
    const id = await room.purchase(await room.customer());
    expect(await requestRefund(order(id), room.parts)).toEqual({ kind: 'not_captured' });
    expect(await requestRefund(order('nothing'), room.parts)).toEqual({ kind: 'transaction_not_found' });
  });
});

describe('an unclear answer', () => {
  it.each([
    ['no answer, and it took effect', () => room.fake.faults.timeoutAfter('POST /v1/refunds')],
    ['no answer, and it did not', () => room.fake.faults.timeoutBefore('POST /v1/refunds')],
    ['a 500 kept under the key', () => room.fake.faults.errorBefore(500, 'POST /v1/refunds')],
    ['a 500 after it took effect', () => room.fake.faults.errorAfter(500, 'POST /v1/refunds')],
    ['a 429', () => room.fake.faults.rateLimit(1, 'POST /v1/refunds')],
  ])('%s: one refund in the end', async (_, strike) => {
    const id = await charged();
    await requested(id, { amount: 500 });
    strike();
    await room.run('refund');
    await room.run('refund');
    expect(atStripe(id)).toMatchObject([{ amount: 500 }]);
    expect(await books(id)).toMatchObject({ refunded: 500, ledger: 500, states: ['succeeded'] });
  });

  it('is followed up by the sweep where the job is gone', async () => {
    const id = await charged();
    await requested(id, { amount: 500 });
    room.fake.faults.down(true);
    await room.run('refund');
    await room.database.sql.rows(`delete from pgboss.job where name = 'billing.refund'`);
    await room.database.sql.rows(
      `update refunds set updated_at = updated_at - interval '1 hour' where state = 'requested'`,
    );
    room.fake.faults.down(false);
    await createRefundSweep(room.parts)();
    await room.run('refund');
    expect(await books(id)).toMatchObject({ refunded: 500, states: ['succeeded'] });
  });
});

describe('what Stripe says later', () => {
  it('a pending refund succeeds, and told again changes nothing', async () => {
    const id = await charged();
    room.fake.faults.refunds('pending');
    await requested(id, { amount: 500 });
    await room.run('refund');
    expect(await books(id)).toMatchObject({ refunded: 0, ledger: 0, states: ['pending'] });
    const [refund] = atStripe(id);
    const early = structuredClone(refund!);
    room.fake.hands.settleRefund(refund!.id, 'succeeded');
    expect(await applyRefund(refund!, room.parts)).toBe('changed');
    expect(await applyRefund(refund!, room.parts)).toBe('unchanged');
    expect(await applyRefund(early, room.parts)).toBe('unchanged');
    expect(await books(id)).toMatchObject({ refunded: 500, ledger: 500, states: ['succeeded'] });
  });

  it('a refund that fails after it succeeded is taken back, and somebody is told', async () => {
    const id = await charged();
    const made = await requested(id, { amount: 500 });
    await room.run('refund');
    const [refund] = atStripe(id);
    expect(await applyRefund({ ...refund!, status: 'failed', failure_reason: 'lost_or_stolen_card' }, room.parts)).toBe(
      'changed',
    );
    expect(await applyRefund(refund!, room.parts)).toBe('unchanged');
    expect(await books(id)).toEqual({
      refunded: 0,
      shown: 0,
      ledger: 0,
      states: ['failed'],
      history: ['payment.refunded', 'payment.refund_failed'],
    });
    expect((await room.alerts('refund_failed')).map(({ occurrence }) => occurrence)).toContain(
      `${made.key}:refund_failed`,
    );
    expect(await requested(id)).toMatchObject({ amount: 1460 });
  });

  it('a refund from the dashboard gets its row, and leaves that much less', async () => {
    const id = await charged();
    const [payment] = await room.database.sql.rows<{ intent: string }>(
      `select payment_intent_id as intent from payments where key = $1`,
      [`purchase:${id}`],
    );
    const refundId = room.fake.hands.refundFromDashboard(payment!.intent, 1000);
    const refund = room.fake.refunds().find((one) => one.id === refundId)!;
    await Promise.all(Array.from({ length: 10 }, () => applyRefund(refund, room.parts)));
    expect(await books(id)).toMatchObject({ refunded: 1000, ledger: 1000, states: ['succeeded'] });
    expect(await requestRefund(order(id, { amount: 461 }), room.parts)).toMatchObject({ refundable: 460 });
    const [row] = await room.database.sql.rows(`select requested_by from refunds where stripe_refund_id = $1`, [
      refundId,
    ]);
    expect(row).toEqual({ requested_by: 'stripe' });
  });

  it('a refund that Stripe refuses is failed, not forgotten', async () => {
    const id = await charged();
    const [payment] = await room.database.sql.rows<{ intent: string }>(
      `select payment_intent_id as intent from payments where key = $1`,
      [`purchase:${id}`],
    );
    await requested(id, { amount: 800 });
    room.fake.hands.refundFromDashboard(payment!.intent, 1000);
    await room.run('refund');
    expect(await books(id)).toMatchObject({ states: ['failed'], refunded: 0, history: ['payment.refund_failed'] });
  });
});
