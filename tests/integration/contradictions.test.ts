/** What Stripe says against our books: refused or booked, until one person has decided, and no longer an incident then. */
import { checkBooks } from '../../src/plugins/billing/server/src/books/check';
import { authorize } from '../../src/plugins/billing/server/src/holds/authorize';
import { requestRefund } from '../../src/plugins/billing/server/src/refunds/request';
import { decidePayment, type PaymentDecision } from '../../src/plugins/billing/server/src/review/decide';
import { settleJob } from '../../src/plugins/billing/server/src/settle/settle';
import { openBillingRoom, type BillingRoom, type Buyer } from '../support/billing-room';

let room: BillingRoom;
beforeAll(async () => {
  room = await openBillingRoom();
});
afterAll(() => room.stop());

const HELD = 2500;

async function held(buyer: Buyer): Promise<{ id: string; intent: string }> {
  const id = await room.purchase(buyer);
  const order = { transactionId: id, customerId: buyer.customerId, amount: HELD, currency: 'EUR', provider: 'stripe' };
  const authorization = await authorize({ ...order, paymentIntentId: null }, room.parts);
  if (authorization.kind !== 'authorized') throw new Error(JSON.stringify(authorization));
  return { id, intent: authorization.paymentIntentId ?? '' };
}

async function settled(id: string, due: number): Promise<void> {
  await room.end(id, due > 0 ? [['1001', 1, due]] : []);
  await room.parts.queue.send(room.parts.database, [settleJob({ transactionId: id, amount: due })]);
  await room.run('settle');
}

/** Nothing was taken, and somebody charged the hold in Stripe's dashboard. */
async function chargedForNothing(buyer: Buyer): Promise<{ id: string; intent: string }> {
  const purchase = await held(buyer);
  room.fake.hands.captureFromDashboard(purchase.intent, HELD);
  await settled(purchase.id, 0);
  expect(await payment(purchase.id)).toMatchObject({ state: 'review' });
  return purchase;
}

async function payment(id: string) {
  const [row] = await room.parts.database.rows<{
    state: string;
    captured: number;
    refunded: number;
    paymentId: string;
  }>(
    `select state, captured_amount as captured, refunded_amount as refunded, document_id as "paymentId"
     from payments where key = $1`,
    [`purchase:${id}`],
  );
  return row!;
}

const refund = (transactionId: string, amount: number | null = null) =>
  requestRefund(
    { transactionId, amount, lines: null, reason: 'r', requestedBy: 'token:1', idempotencyKey: `${transactionId}` },
    room.parts,
  );
const decide = async (id: string, decision: PaymentDecision['decision'], decidedBy = 'admin:1') =>
  decidePayment({ paymentId: (await payment(id)).paymentId, decision, reason: 'Seen.', decidedBy }, room.parts);

const resolved = async (machine: string) =>
  (
    await room.parts.database.rows(
      `select 1 from pgboss.job where name = 'alerts.resolve' and data ->> 'cause' = 'payment_review' and data ->> 'machineId' = $1`,
      [machine],
    )
  ).length;

/** Ours, the ledger's and Stripe's own. */
async function expectSoundBooks(): Promise<void> {
  expect((await checkBooks({ ...room.parts, inFlightMinutes: 0 })).differences).toEqual([]);
}

describe('a payment under review that was charged in Stripe’s dashboard', () => {
  it('is not refunded before somebody decides, and says so', async () => {
    const { id } = await chargedForNothing(await room.customer());
    expect(await refund(id)).toEqual({ kind: 'payment_in_review' });
    expect(await decide(id, 'forgive')).toEqual({ kind: 'decided', state: 'captured' });
    await room.run('refund');
    expect(await payment(id)).toMatchObject({ state: 'captured', captured: HELD, refunded: HELD });
    await expectSoundBooks();
  });

  it('cannot be kept where nothing was taken', async () => {
    const { id } = await chargedForNothing(await room.customer());
    expect(await decide(id, 'charge')).toEqual({ kind: 'nothing_due' });
    expect(await payment(id)).toMatchObject({ state: 'review', captured: 0 });
    await decide(id, 'forgive');
    await room.run('refund');
  });

  it('and given back there too is booked, and waits for nobody any more', async () => {
    const buyer = await room.customer();
    const { id, intent } = await chargedForNothing(buyer);
    const before = room.fake.events().length;
    room.fake.hands.refundFromDashboard(intent);
    await room.applyEvents(before);
    expect(await payment(id)).toMatchObject({ state: 'captured', captured: HELD, refunded: HELD });
    expect(await resolved(buyer.machine)).toBe(1);
    await room.applyEvents(before);
    await expectSoundBooks();
  });

  it('is decided by one of five, who alone is in its history', async () => {
    const { id, intent } = await chargedForNothing(await room.customer());
    const outcomes = await Promise.all([1, 2, 3, 4, 5].map((n) => decide(id, 'forgive', `admin:${n}`)));
    expect(outcomes.map(({ kind }) => kind).sort()).toEqual(['decided', ...Array<string>(4).fill('not_in_review')]);
    await room.run('refund');
    const decisions = await room.parts.database.rows(
      `select e.id from events e join events_transaction_lnk l on l.event_id = e.id
       join transactions t on t.id = l.transaction_id where t.document_id = $1 and e.name = 'payment.decided'`,
      [id],
    );
    expect(decisions).toHaveLength(1);
    expect(room.fake.refunds().filter(({ payment_intent: of }) => of === intent)).toMatchObject([{ amount: HELD }]);
    await expectSoundBooks();
  });
});

describe('the incident', () => {
  it('of a charge above what was due ends when that is given back, not with another payment of the machine', async () => {
    const buyer = await room.customer();
    const { id, intent } = await held(buyer);
    room.fake.hands.captureFromDashboard(intent, HELD);
    await settled(id, 1200);
    expect((await room.alerts('payment_review')).at(-1)?.message).toContain('25 EUR where 12 EUR was due');
    const other = await chargedForNothing(buyer);
    await decide(other.id, 'forgive');
    await room.run('refund');
    expect(await resolved(buyer.machine)).toBe(0);
    expect((await checkBooks({ ...room.parts, inFlightMinutes: 0 })).differences).toMatchObject([{ rule: 'total' }]);
    await refund(id, HELD - 1200);
    await room.run('refund');
    expect(await resolved(buyer.machine)).toBe(1);
    await expectSoundBooks();
  });

  it('of a hold that was charged too early ends when its own purchase is settled', async () => {
    const buyer = await room.customer();
    const { id, intent } = await held(buyer);
    const before = room.fake.events().length;
    room.fake.hands.captureFromDashboard(intent, 1200);
    await room.applyEvents(before);
    expect((await room.alerts('payment_review')).at(-1)?.message).toContain('before it was known what is due');
    const other = await chargedForNothing(buyer);
    await decide(other.id, 'forgive');
    expect(await resolved(buyer.machine)).toBe(0);
    await settled(id, 1200);
    expect(await payment(id)).toMatchObject({ state: 'captured', captured: 1200 });
    expect(await resolved(buyer.machine)).toBe(1);
    await room.run('refund');
    await expectSoundBooks();
  });

  it('comes again for the next hold of the same payment', async () => {
    const buyer = await room.customer();
    const { id, intent } = await held(buyer);
    room.fake.hands.cancelFromDashboard(intent, 'automatic');
    await settled(id, 1200);
    await decide(id, 'charge');
    room.fake.faults.timeoutBefore('POST /v1/payment_intents/*/capture', { times: Infinity });
    await room.run('settle');
    room.fake.faults.clear();
    const second = room.fake.intents().filter(({ metadata }) => metadata.larder_transaction === id)[1]!;
    room.fake.hands.cancelFromDashboard(second.id, 'automatic');
    await room.run('settle');
    expect(await payment(id)).toMatchObject({ state: 'review' });
    const occurrences = (await room.alerts('payment_review')).filter(({ occurrence }) => occurrence.includes(id));
    expect(new Set(occurrences.map(({ occurrence }) => occurrence)).size).toBe(2);
    await decide(id, 'forgive');
  });
});
