/**
 * Whatever happens to money, in whatever order, however often and with Stripe failing in between: in the end every posting
 * balances, and ledger, payments and what the fake Stripe really held, charged and gave back say the same.
 */
import fc from 'fast-check';
import type Stripe from 'stripe';
import { compareOwnBooks } from '../../src/plugins/billing/server/src/books/compare-payments';
import { compareWithStripe } from '../../src/plugins/billing/server/src/books/compare-stripe';
import { decideDebt } from '../../src/plugins/billing/server/src/debts/decide';
import { authorize } from '../../src/plugins/billing/server/src/holds/authorize';
import { requestRefund } from '../../src/plugins/billing/server/src/refunds/request';
import { decidePayment } from '../../src/plugins/billing/server/src/review/decide';
import { settleJob } from '../../src/plugins/billing/server/src/settle/settle';
import { createStripe } from '../../src/plugins/billing/server/src/stripe/client';
import { openBillingRoom, type BillingRoom } from '../support/billing-room';
import { moneyBreaches } from '../support/money-invariants';

jest.setTimeout(300_000);

let room: BillingRoom;
let stripe: Stripe;
beforeAll(async () => {
  room = await openBillingRoom({ timeoutMs: 150 });
  stripe = createStripe({ secretKey: room.fake.secretKey, apiBase: room.fake.url, timeoutMs: 5000 });
});
afterAll(() => room.stop());

/** Events of earlier runs. */
let past = 0;

/** One of a run's purchases, and how it ends; an end that came once does not change. */
interface Deal {
  readonly id: string;
  readonly customerId: string;
  due: number | null;
  /** Its money was secured: its door may have opened. */
  isOpen: boolean;
}

const amount = fc.integer({ min: 60, max: 4000 });
const which = fc.nat({ max: 1 });
const step = fc.oneof(
  fc.record({ do: fc.constant('hold' as const), which }),
  fc.record({ do: fc.constant('complete' as const), which, amount }),
  fc.record({ do: fc.constant('empty' as const), which }),
  fc.record({ do: fc.constant('settle' as const) }),
  fc.record({ do: fc.constant('settle again' as const), which }),
  fc.record({ do: fc.constant('refund' as const), which, amount, key: fc.nat({ max: 2 }) }),
  fc.record({ do: fc.constant('make refunds' as const) }),
  fc.record({ do: fc.constant('refund at Stripe' as const), which, amount }),
  fc.record({ do: fc.constant('capture at Stripe' as const), which, amount }),
  fc.record({ do: fc.constant('lapse' as const), which }),
  fc.record({ do: fc.constant('dispute' as const), which, ends: fc.constantFrom('won', 'lost', 'open') }),
  fc.record({ do: fc.constant('decide' as const), which, as: fc.constantFrom('charge', 'debt', 'forgive') }),
  fc.record({ do: fc.constant('debt' as const), which, as: fc.constantFrom('settle', 'forgive') }),
  fc.record({ do: fc.constant('events' as const) }),
  fc.record({ do: fc.constant('pending refunds' as const) }),
  fc.record({
    do: fc.constant('fault' as const),
    as: fc.constantFrom('timeoutBefore', 'timeoutAfter', 'errorBefore', 'errorAfter', 'rateLimit', 'decline'),
  }),
);
type Step = typeof step extends fc.Arbitrary<infer Value> ? Value : never;

async function take(one: Step, deals: readonly Deal[]): Promise<void> {
  const { fake, parts } = room;
  const deal = deals['which' in one ? one.which : 0]!;
  switch (one.do) {
    case 'hold': {
      if (deal.due !== null) return;
      const order = { transactionId: deal.id, customerId: deal.customerId, amount: 2500, currency: 'EUR' };
      const authorization = await authorize({ ...order, provider: 'stripe', paymentIntentId: null }, parts);
      deal.isOpen ||= authorization.kind === 'authorized';
      return;
    }
    case 'complete':
    case 'empty':
      return end(deal, one.do === 'complete' && deal.isOpen ? one.amount : 0);
    case 'settle':
      return void (await room.run('settle'));
    case 'settle again':
      return deal.due === null ? undefined : parts.queue.send(parts.database, [job(deal, deal.due)]);
    case 'refund':
      await requestRefund(
        {
          transactionId: deal.id,
          amount: one.amount,
          lines: null,
          reason: 'r',
          requestedBy: 'token:1',
          idempotencyKey: `${deal.id}:${one.key}`,
        },
        parts,
      );
      return;
    case 'make refunds':
      return void (await room.run('refund'));
    case 'refund at Stripe':
      return byHand(deal, (intent) => fake.hands.refundFromDashboard(intent, one.amount));
    case 'capture at Stripe':
      // A dashboard that charges what nobody knows to be due is told to a person: see debts.test.ts.
      return !deal.due
        ? undefined
        : byHand(deal, (intent) => fake.hands.captureFromDashboard(intent, Math.min(one.amount, deal.due ?? 0, 2500)));
    case 'lapse':
      return byHand(deal, (intent) => fake.hands.cancelFromDashboard(intent, 'automatic'));
    case 'dispute':
      return byHand(deal, (intent) => {
        if (fake.intents().find(({ id }) => id === intent)?.status !== 'succeeded') return;
        const id = fake.hands.openDispute(intent);
        if (one.ends !== 'open') fake.hands.closeDispute(id, one.ends);
      });
    case 'decide': {
      const paymentId = await idOf(`select document_id as id from payments where key = $1`, `purchase:${deal.id}`);
      const order = { paymentId, decision: one.as as 'charge', reason: 'r', decidedBy: 'admin:1' };
      await decidePayment(order, parts);
      return;
    }
    case 'debt': {
      const debtId = await idOf(`select document_id as id from debts where key = $1`, `debt:purchase:${deal.id}`);
      await decideDebt({ debtId, decision: one.as, reason: 'r', decidedBy: 'admin:1' }, parts);
      return;
    }
    case 'events':
      return room.applyEvents(past);
    case 'pending refunds':
      return fake.faults.refunds('pending');
    case 'fault':
      if (one.as === 'rateLimit') fake.faults.rateLimit(1);
      else if (one.as === 'decline') fake.faults.decline();
      else if (one.as === 'errorBefore' || one.as === 'errorAfter') fake.faults[one.as](500, 'POST');
      else fake.faults[one.as as 'timeoutBefore']('POST');
      return;
  }
}

const tomorrow = () => new Date(Date.now() + 86_400_000);
const job = (deal: Deal, due: number) => settleJob({ transactionId: deal.id, amount: due });

async function end(deal: Deal, due: number): Promise<void> {
  if (deal.due !== null) return;
  deal.due = due;
  await room.end(deal.id, due > 0 ? [['1001', 1, due]] : []);
  await room.parts.queue.send(room.parts.database, [job(deal, due)]);
}

async function idOf(text: string, key: string): Promise<string> {
  const [row] = await room.parts.database.rows<{ id: string }>(text, [key]);
  return row?.id ?? 'none';
}

/** What a person does at Stripe to the intent of a purchase, where it can be done. */
async function byHand(deal: Deal, act: (intent: string) => unknown): Promise<void> {
  const intent = await idOf(
    `select coalesce(payment_intent_id, 'none') as id from payments where key = $1`,
    `purchase:${deal.id}`,
  );
  try {
    act(intent);
  } catch {
    // Stripe does not let them: it is in no such state.
  }
}

/** Everything is up again, and everything that waits is brought to its end. */
async function bringToAnEnd(deals: readonly Deal[]): Promise<void> {
  const { fake, parts } = room;
  fake.faults.clear();
  for (const deal of deals) await end(deal, 0);
  // Nothing is under way any more: what was never answered is two minutes old.
  await parts.database.rows(`update payments set created_at = created_at - interval '3 minutes'`);
  for (let round = 0; round < 4; round += 1) {
    for (const refund of fake.refunds()) {
      if (refund.status === 'pending') fake.hands.settleRefund(refund.id, round % 2 ? 'succeeded' : 'failed');
    }
    for (const deal of deals) await parts.queue.send(parts.database, [job(deal, deal.due ?? 0)]);
    await room.run('settle');
    await room.run('refund');
    await room.applyEvents(past);
    for (const deal of deals) await take({ do: 'decide', which: deals.indexOf(deal), as: 'forgive' }, deals);
  }
}

/** What Stripe's balance has of each charge, with its refunds, disputes and fees, in minor units. */
async function atStripe(): Promise<Map<string, number>> {
  const sums = new Map<string, number>();
  for await (const { net, source } of stripe.balanceTransactions.list({ limit: 100, expand: ['data.source'] })) {
    const object = source as unknown as { object: string; id: string; charge?: string };
    const charge = object.object === 'charge' ? object.id : (object.charge ?? '');
    sums.set(charge, (sums.get(charge) ?? 0) + net);
  }
  return sums;
}

it('balances after any sequence of operations', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 4, maxLength: 24 }), async (steps) => {
      const { parts, fake } = room;
      const deals: Deal[] = [];
      past = fake.events().length;
      for (let n = 0; n < 2; n += 1) {
        const buyer = await room.customer();
        deals.push({ id: await room.purchase(buyer), customerId: buyer.customerId, due: null, isOpen: false });
      }
      for (const one of [{ do: 'hold' as const, which: 0 }, ...steps]) await take(one, deals);
      await bringToAnEnd(deals);

      expect(await moneyBreaches(parts.database, fake)).toEqual([]);
      expect(await compareOwnBooks(parts.database)).toEqual([]);
      expect((await compareWithStripe({ since: new Date(0), until: tomorrow() }, parts)).differences).toEqual([]);
      const balance = await atStripe();
      const ours = await parts.database.rows<{ key: string; charge: string | null; stripe: number; state: string }>(
        `select p.key, p.charge_id as charge, p.state, coalesce((select sum(amount) from ledger_entries
           where payment_id = p.document_id and account = 'stripe'), 0)::int as stripe from payments p where p.key = any($1)`,
        [deals.map(({ id }) => `purchase:${id}`)],
      );
      for (const { key, charge, stripe: booked, state } of ours) {
        expect({ key, booked }).toEqual({ key, booked: charge === null ? 0 : (balance.get(charge) ?? 0) });
        expect(['captured', 'released', 'declined', 'handed_over']).toContain(state);
      }
    }),
    { numRuns: Number(process.env.LARDER_PROPERTY_RUNS ?? 60), endOnFailure: true },
  );
});
