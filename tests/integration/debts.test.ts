/** Debts and payments under review: what a person decides, once, and what the books say then. */
import { compareOwnBooks } from '../../src/plugins/billing/server/src/books/compare-payments';
import { decideDebt, type DebtDecision } from '../../src/plugins/billing/server/src/debts/decide';
import { listDebts } from '../../src/plugins/billing/server/src/debts/list';
import { authorize } from '../../src/plugins/billing/server/src/holds/authorize';
import { decidePayment, type PaymentDecision } from '../../src/plugins/billing/server/src/review/decide';
import { settleJob } from '../../src/plugins/billing/server/src/settle/settle';
import { openBillingRoom, type BillingRoom, type Buyer } from '../support/billing-room';

let room: BillingRoom;
beforeAll(async () => {
  room = await openBillingRoom();
});
afterAll(() => room.stop());
afterEach(async () => {
  room.fake.faults.clear();
  expect(await compareOwnBooks(room.parts.database)).toEqual([]);
});

async function held(buyer: Buyer): Promise<{ id: string; intent: string }> {
  const id = await room.purchase(buyer);
  const order = { transactionId: id, customerId: buyer.customerId, amount: 2500, currency: 'EUR', provider: 'stripe' };
  const authorization = await authorize({ ...order, paymentIntentId: null }, room.parts);
  if (authorization.kind !== 'authorized') throw new Error(JSON.stringify(authorization));
  return { id, intent: authorization.paymentIntentId ?? '' };
}

async function settled(id: string, due: number): Promise<void> {
  await room.end(id, due > 0 ? [['1001', 1, due]] : []);
  await room.parts.queue.send(room.parts.database, [settleJob({ transactionId: id, amount: due })]);
  await room.run('settle');
}

/** A purchase of 30.00 with 25.00 held: 5.00 are owed. */
async function owing(): Promise<{ buyer: Buyer; id: string; debtId: string }> {
  const buyer = await room.customer();
  const { id } = await held(buyer);
  await settled(id, 3000);
  const [debt] = await listDebts(room.parts.database, { whose: { userId: buyer.userId }, state: 'open' });
  return { buyer, id, debtId: debt?.id ?? '' };
}

async function ledger(transactionId: string): Promise<Record<string, number>> {
  const rows = await room.parts.database.rows<{ account: string; amount: number }>(
    `select account, sum(amount)::int as amount from ledger_entries where transaction_id = $1 group by account having sum(amount) <> 0`,
    [transactionId],
  );
  return Object.fromEntries(rows.map(({ account, amount }) => [account, amount]));
}

async function purchase(id: string) {
  const [row] = await room.parts.database.rows<{
    paid: string;
    captured: number | null;
    state: string;
    document_id: string;
  }>(
    `select t.payment_state as paid, t.captured_amount as captured, p.state, p.document_id
     from transactions t join payments p on p.key = 'purchase:' || t.document_id where t.document_id = $1`,
    [id],
  );
  return row!;
}

const history = async (id: string) =>
  room.parts.database.rows<{ name: string; outcome: string; message: string }>(
    `select e.name, e.outcome, e.message from events e join events_transaction_lnk l on l.event_id = e.id
     join transactions t on t.id = l.transaction_id where t.document_id = $1 order by e.id desc limit 2`,
    [id],
  );

const onDebt = (debtId: string, decision: DebtDecision['decision']) =>
  decideDebt({ debtId, decision, reason: 'Paid at the desk.', decidedBy: 'admin:1' }, room.parts);
const onPayment = (paymentId: string, decision: PaymentDecision['decision']) =>
  decidePayment({ paymentId, decision, reason: 'The customer called.', decidedBy: 'admin:1' }, room.parts);

describe('a debt', () => {
  it('keeps other doors shut, and is settled outside once, by the fastest of ten', async () => {
    const { buyer, id, debtId } = await owing();
    const next = { transactionId: await room.purchase(buyer), customerId: buyer.customerId, amount: 2500 };
    const again = () => authorize({ ...next, currency: 'EUR', provider: 'stripe', paymentIntentId: null }, room.parts);
    expect(await again()).toMatchObject({ kind: 'declined', code: 'debt_outstanding' });

    const outcomes = await Promise.all(
      Array.from({ length: 10 }, (_, n) => onDebt(debtId, n % 2 === 0 ? 'settle' : 'forgive')),
    );
    expect(outcomes.filter(({ kind }) => kind === 'decided')).toHaveLength(1);
    expect(outcomes.filter(({ kind }) => kind === 'debt_not_open')).toHaveLength(9);
    expect((await history(id))[0]).toMatchObject({ message: 'Paid at the desk. (admin:1)' });
    expect((await ledger(id)).receivable).toBeUndefined();
    expect(await held(buyer)).toMatchObject({ intent: expect.stringMatching(/^pi_/) });
  });

  it('settled outside is money from outside; forgiven, it is a loss', async () => {
    const paid = await owing();
    expect(await onDebt(paid.debtId, 'settle')).toEqual({ kind: 'decided', state: 'settled' });
    expect(await ledger(paid.id)).toMatchObject({ outside: 500, sales: -3000 });
    const lost = await owing();
    expect(await onDebt(lost.debtId, 'forgive')).toEqual({ kind: 'decided', state: 'forgiven' });
    expect(await ledger(lost.id)).toMatchObject({ forgiven: 500, sales: -3000 });
    expect(await purchase(lost.id)).toMatchObject({ paid: 'captured', captured: 2500 });
  });

  it('that is not there is not found', async () => {
    expect(await onDebt('nothing', 'settle')).toEqual({ kind: 'debt_not_found' });
  });

  it('is shown to nobody else', async () => {
    const { buyer, debtId, id } = await owing();
    const other = await room.customer();
    const mine = await listDebts(room.parts.database, { whose: { customerId: buyer.customerId }, state: null });
    expect(mine).toMatchObject([{ id: debtId, amount: 500, currency: 'EUR', transactionId: id, state: 'open' }]);
    expect(await listDebts(room.parts.database, { whose: { userId: other.userId }, state: null })).toEqual([]);
  });
});

/** A purchase whose hold lapsed before it could be charged. */
async function lapsed(due = 1200): Promise<{ id: string; paymentId: string; buyer: Buyer }> {
  const buyer = await room.customer();
  const { id, intent } = await held(buyer);
  room.fake.hands.cancelFromDashboard(intent, 'automatic');
  await settled(id, due);
  const { document_id: paymentId, state } = await purchase(id);
  expect(state).toBe('review');
  return { id, paymentId, buyer };
}

const resolved = (machine: string) =>
  room.parts.database.rows(
    `select 1 from pgboss.job where name = 'alerts.resolve' and data ->> 'cause' = 'payment_review' and data ->> 'machineId' = $1`,
    [machine],
  );

describe('a payment under review', () => {
  it('charged again, takes the money once under a new key, and the incident is over', async () => {
    const { id, paymentId, buyer } = await lapsed();
    const outcomes = await Promise.all([onPayment(paymentId, 'charge'), onPayment(paymentId, 'charge')]);
    expect(outcomes.map(({ kind }) => kind).sort()).toEqual(['decided', 'not_in_review']);
    await room.run('settle');
    expect(await purchase(id)).toMatchObject({ state: 'captured', paid: 'captured', captured: 1200 });
    expect(await ledger(id)).toMatchObject({ sales: -1200 });
    const charged = room.fake.intents().filter(({ metadata }) => metadata.larder_transaction === id);
    expect(charged.map(({ status }) => status)).toEqual(['canceled', 'succeeded']);
    expect(await resolved(buyer.machine)).toHaveLength(1);
  });

  it.each(['timeoutAfter', 'timeoutBefore'] as const)(
    'charged again with %s of the new intent: once',
    async (fault) => {
      const { id, paymentId } = await lapsed();
      await onPayment(paymentId, 'charge');
      room.fake.faults[fault]('POST /v1/payment_intents');
      for (let n = 0; n < 3; n += 1) await room.run('settle');
      expect(await purchase(id)).toMatchObject({ state: 'captured', captured: 1200 });
      expect(room.fake.intents().filter(({ metadata }) => metadata.larder_transaction === id)).toHaveLength(2);
    },
  );

  it('charged again and declined, is owed', async () => {
    const { id, paymentId } = await lapsed();
    await onPayment(paymentId, 'charge');
    room.fake.faults.decline('insufficient_funds');
    await room.run('settle');
    expect(await purchase(id)).toMatchObject({ state: 'declined', paid: 'owed' });
    expect(await ledger(id)).toEqual({ receivable: 1200, sales: -1200 });
  });

  it('left as a debt, is owed until that is decided', async () => {
    const { id, paymentId, buyer } = await lapsed();
    expect(await onPayment(paymentId, 'debt')).toEqual({ kind: 'decided', state: 'released' });
    expect(await purchase(id)).toMatchObject({ paid: 'owed' });
    const [debt] = await listDebts(room.parts.database, { whose: { userId: buyer.userId }, state: 'open' });
    expect(debt).toMatchObject({ amount: 1200, cause: 'hold_lapsed' });
    await onDebt(debt?.id ?? '', 'settle');
    expect(await purchase(id)).toMatchObject({ paid: 'captured' });
    expect(await onPayment(paymentId, 'charge')).toEqual({ kind: 'not_in_review', state: 'released' });
  });

  it('forgiven, charges nothing and is a loss', async () => {
    const { id, paymentId } = await lapsed();
    expect(await onPayment(paymentId, 'forgive')).toEqual({ kind: 'decided', state: 'released' });
    expect(await purchase(id)).toMatchObject({ paid: 'released', captured: 0 });
    expect(await ledger(id)).toEqual({ forgiven: 1200, sales: -1200 });
    expect((await history(id)).map(({ name }) => name)).toEqual(['debt.forgiven', 'payment.released']);
  });

  it('waits until somebody said what was taken', async () => {
    const buyer = await room.customer();
    const { id, intent } = await held(buyer);
    await room.parts.database.rows(`update transactions set state = 'review' where document_id = $1`, [id]);
    room.fake.hands.cancelFromDashboard(intent, 'automatic');
    await room.applyEvents();
    const { document_id: paymentId, state } = await purchase(id);
    expect(state).toBe('review');
    expect(await onPayment(paymentId, 'forgive')).toEqual({ kind: 'purchase_undecided' });
    await settled(id, 0);
    expect(await onPayment(paymentId, 'charge')).toEqual({ kind: 'nothing_due' });
    expect(await onPayment(paymentId, 'forgive')).toEqual({ kind: 'decided', state: 'released' });
  });

  it('that Stripe charged although nothing was due is given back when it is forgiven', async () => {
    const buyer = await room.customer();
    const { id, intent } = await held(buyer);
    room.fake.hands.captureFromDashboard(intent, 2500);
    await settled(id, 0);
    const { document_id: paymentId, state } = await purchase(id);
    expect(state).toBe('review');
    expect(await onPayment(paymentId, 'debt')).toEqual({ kind: 'already_charged' });
    expect(await onPayment(paymentId, 'forgive')).toEqual({ kind: 'decided', state: 'captured' });
    await room.run('refund');
    expect(room.fake.refunds().filter(({ payment_intent: of }) => of === intent)).toMatchObject([{ amount: 2500 }]);
  });

  it('is not decided while Stripe cannot say what is true', async () => {
    const { id, paymentId } = await lapsed();
    room.fake.faults.down(true);
    expect(await onPayment(paymentId, 'debt')).toEqual({ kind: 'stripe_unavailable' });
    room.fake.faults.down(false);
    expect(await purchase(id)).toMatchObject({ state: 'review' });
  });
});
