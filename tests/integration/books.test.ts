/** The nightly check of the books, on a real PostgreSQL with the fake Stripe. */
import { execFile } from 'node:child_process';
import path from 'node:path';
import { promisify } from 'node:util';
import { checkBooks } from '../../src/plugins/billing/server/src/books/check';
import { COMPARE } from '../../src/plugins/billing/server/src/books/compare-payments';
import { createNightlyCheck } from '../../src/plugins/billing/server/src/books/nightly';
import { authorize } from '../../src/plugins/billing/server/src/holds/authorize';
import { requestRefund } from '../../src/plugins/billing/server/src/refunds/request';
import { settleJob } from '../../src/plugins/billing/server/src/settle/settle';
import { MATCH } from '../../src/plugins/billing/server/src/store/movements';
import { openBillingRoom, type BillingRoom } from '../support/billing-room';
import { readingsOf } from '../support/plans';

let room: BillingRoom;
beforeEach(async () => {
  room = await openBillingRoom();
});
afterEach(() => room.stop());

async function charged(due: number): Promise<string> {
  const buyer = await room.customer();
  const id = await room.purchase(buyer);
  const order = { transactionId: id, customerId: buyer.customerId, amount: 2500, currency: 'EUR', provider: 'stripe' };
  await authorize({ ...order, paymentIntentId: null }, room.parts);
  await room.end(id, due > 0 ? [['1001', 1, due]] : []);
  await room.parts.queue.send(room.parts.database, [settleJob({ transactionId: id, amount: due })]);
  await room.run('settle');
  return id;
}

/** The books of everything up to now, money in flight included. */
const checkAll = () => checkBooks({ ...room.parts, inFlightMinutes: 0 });
const check = async () => (await checkAll()).differences.map(({ rule, expected, found }) => [rule, expected, found]);
const change = (text: string, id: string) => room.parts.database.rows(text, [`purchase:${id}`]);

describe('books that agree', () => {
  it('have no differences: charged, owed, given back and released', async () => {
    await charged(0);
    await charged(3000);
    const id = await charged(800);
    const order = {
      transactionId: id,
      amount: 300,
      lines: null,
      reason: 'r',
      requestedBy: 'token:1',
      idempotencyKey: 'k',
    };
    await requestRefund(order, room.parts);
    await room.run('refund');
    expect(await checkAll()).toMatchObject({ differences: [], stripe: { movements: 3 } });
    expect(await room.alerts('ledger_mismatch')).toEqual([]);
  });
});

describe('a difference', () => {
  it('of a payment and its ledger names the purchase, once a day', async () => {
    const id = await charged(800);
    await change(`update payments set captured_amount = 700, authorized_amount = 2500 where key = $1`, id);
    expect(await check()).toEqual(
      expect.arrayContaining([
        ['stripe_charge', 800, 700],
        ['captured', 700, 800],
        ['sold', 700, 800],
        ['total', 800, 700],
      ]),
    );
    const [first] = await room.alerts('ledger_mismatch');
    expect(first?.message).toContain(`purchase:${id}, captured: 7 EUR expected, 8 EUR in the books.`);
    await check();
    const occurrences = (await room.alerts('ledger_mismatch')).map(({ occurrence }) => occurrence);
    expect(new Set(occurrences).size).toBe(1);
    await change(`update payments set captured_amount = 800 where key = $1`, id);
    expect(await check()).toEqual([]);
  });

  it.each([
    [
      'a hold that nobody ended',
      `insert into ledger_entries (document_id, posting, account, amount, currency, payment_id, posted_at)
        select 'x' || a.n, 'made up', a.account, a.n, 'EUR', p.document_id, now() from payments p,
        (values ('holds', 5), ('holds_contra', -5)) a(account, n) where p.key = $1`,
      'held',
    ],
    ['a refund that is only in the row', `update payments set refunded_amount = 100 where key = $1`, 'refunded'],
    ['a fee', `update payments set fee_amount = 1 where key = $1`, 'fees'],
    ['a dispute', `update payments set disputed_amount = 1 where key = $1`, 'disputed'],
    [
      'what the purchase shows',
      `update transactions set captured_amount = 1 where 'purchase:' || document_id = $1`,
      'purchase',
    ],
    [
      'the total of the purchase',
      `update transactions set total_amount = 1 where 'purchase:' || document_id = $1`,
      'total',
    ],
    ['a debt that its state denies', `update debts set state = 'settled' where key = 'debt:' || $1`, 'debt'],
  ])('is found: %s', async (_, text, rule) => {
    const id = await charged(3000);
    expect(await check()).toEqual([]);
    await change(text, id);
    expect((await check()).map(([broken]) => broken)).toContain(rule);
  });

  it('is found where money is settled by nobody for a day', async () => {
    const buyer = await room.customer();
    const id = await room.purchase(buyer);
    const order = {
      transactionId: id,
      customerId: buyer.customerId,
      amount: 2500,
      currency: 'EUR',
      provider: 'stripe',
    };
    await authorize({ ...order, paymentIntentId: null }, room.parts);
    await room.end(id, []);
    expect(await check()).toEqual([]);
    await change(`update payments set updated_at = now() - interval '2 days' where key = $1`, id);
    expect(await check()).toEqual([['unsettled', 0, 2500]]);
  });

  it('with Stripe is found again every night until it is put right', async () => {
    const id = await charged(800);
    const intent = room.fake.intents().find(({ metadata }) => metadata.larder_transaction === id)?.id ?? '';
    room.fake.hands.refundFromDashboard(intent, 300);
    for (let night = 0; night < 2; night += 1) expect(await check()).toEqual([['stripe_refund', 300, 0]]);
    await room.applyEvents();
    expect(await check()).toEqual([]);
  });
});

it('leaves money in flight to the next night', async () => {
  const id = await charged(800);
  const intent = room.fake.intents().find(({ metadata }) => metadata.larder_transaction === id)?.id ?? '';
  await room.parts.database.rows(`update payments set created_at = now() - interval '2 days'`);
  room.fake.hands.refundFromDashboard(intent, 300);
  expect(await checkBooks(room.parts)).toMatchObject({ differences: [], stripe: { movements: 0 } });
  expect(await checkAll()).toMatchObject({ differences: [{ rule: 'stripe_refund' }], stripe: { movements: 2 } });
});

it('adds a fee that Stripe names and nobody wrote down, once', async () => {
  const id = await charged(800);
  await room.parts.database.rows(`alter table ledger_entries disable trigger all`);
  await room.parts.database.rows(`delete from ledger_entries where posting like 'fee:%'`);
  await room.parts.database.rows(`alter table ledger_entries enable trigger all`);
  await change(`update payments set fee_amount = null where key = $1`, id);
  expect(await checkAll()).toMatchObject({ differences: [], stripe: { fees: 1 } });
  const [payment] = await change(`select fee_amount from payments where key = $1`, id);
  expect(payment).toEqual({ fee_amount: 37 });
  expect(await checkAll()).toMatchObject({ differences: [], stripe: { fees: 0 } });
});

it('reads Stripe page by page, and leaves alone what others do in the same account', async () => {
  await charged(800);
  const { stripeCustomerId: customer } = await room.customer();
  const lines = [{ description: 'Rent', amount: 5000 }];
  for (let n = 0; n < 120; n += 1) {
    room.fake.hands.payInvoice(room.fake.hands.finalizeInvoice({ customer, currency: 'eur', lines }));
  }
  expect(await checkAll()).toMatchObject({ differences: [], stripe: { movements: 121 } });
  const pages = room.fake.requests.filter(({ path: at }) => at.startsWith('/v1/balance_transactions'));
  expect(pages).toHaveLength(2);
});

it('is asked for once a night, however many instances ask', async () => {
  await room.parts.database.rows(`delete from larder.stripe_cursors where name = 'books'`);
  const asked = () =>
    room.parts.database.rows<{ n: number }>(`select count(*)::int as n from pgboss.job where name = 'billing.books'`);
  const [hour] = await room.parts.database.rows<{ hour: number }>(`select extract(hour from now())::int as hour`);
  const night = (hour?.hour ?? 0) >= 2;
  await createNightlyCheck(room.parts)();
  expect(await asked()).toEqual([{ n: 0 }]); // the first night of a new database
  for (let n = 1; n <= 2; n += 1) {
    await room.parts.database.rows(`update larder.stripe_cursors set reached_at = reached_at - interval '1 day'`);
    await Promise.all(Array.from({ length: 5 }, createNightlyCheck(room.parts)));
    expect(await asked()).toEqual([{ n: night ? n : 0 }]);
  }
});

it('reads by index, a batch at a time', async () => {
  const { database } = room.parts;
  const rows = 20_000;
  await database.rows(
    `insert into payments (document_id, key, purpose, state, authorized_amount, captured_amount, refunded_amount, disputed_amount,
       currency, charge_id, created_at, updated_at, published_at)
     select 'p' || n, 'checkout:' || n, 'checkout', 'captured', 100, 100, 0, 0, 'EUR', 'ch_' || n, now(), now(), now() from generate_series(1, $1::int) n`,
    [rows],
  );
  await database.rows(
    `insert into ledger_entries (document_id, posting, account, amount, currency, payment_id, posted_at, created_at, updated_at, published_at)
     select 'e' || n || a.account, 'capture:checkout:' || n, a.account, a.sign * 100, 'EUR', 'p' || n, now(), now(), now(), now()
     from generate_series(1, $1::int) n, (values ('stripe', 1), ('sales', -1)) a(account, sign)`,
    [rows],
  );
  await database.rows('analyze');
  const page = Array.from({ length: 100 }, (_, n) => ({
    id: `txn_${n}`,
    kind: 'charge',
    sourceId: `ch_${n * 100}`,
    chargeId: `ch_${n * 100}`,
    amount: 100,
    fee: 27,
    currency: 'EUR',
    paymentKey: null,
  }));
  for (const [sql, bindings, most] of [
    [COMPARE, [5000, 1000], 3000],
    [MATCH, [JSON.stringify(page)], 400],
  ] as const) {
    const readings = await readingsOf(database, { sql, bindings });
    for (const { table, how, rows: read } of readings.filter(({ table: name }) =>
      /payments$|ledger_entries$/.test(name),
    )) {
      expect({ table, how, read: read <= most }).toEqual({
        table,
        how: expect.not.stringMatching(/^Seq Scan$/),
        read: true,
      });
    }
  }
  expect(await checkBooks({ ...room.parts, call: null })).toMatchObject({ differences: [] });
});

it('is printed by hand, and ends with 1 where something is wrong', async () => {
  const id = await charged(800);
  const script = path.resolve('dist/scripts/check-books.js');
  const run = () =>
    promisify(execFile)(process.execPath, [script], {
      env: {
        PATH: process.env.PATH,
        TZ: 'UTC',
        DATABASE_URL: room.database.url,
        STRIPE_SECRET_KEY: room.fake.secretKey,
        STRIPE_API_BASE: room.fake.url,
      },
    }).then(
      ({ stdout }) => ({ code: 0, stdout }),
      ({ code, stdout, stderr }: { code: number; stdout: string; stderr: string }) => ({
        code,
        stdout: stdout + stderr,
      }),
    );
  const fine = await run();
  expect(fine).toMatchObject({ code: 0, stdout: expect.stringContaining('The books agree.') });
  expect(fine.stdout).toMatch(/stripe +7\.63 EUR/);
  await change(`update transactions set total_amount = 900 where 'purchase:' || document_id = $1`, id);
  const wrong = await run();
  expect(wrong.code).toBe(1);
  expect(wrong.stdout).toContain(`purchase:${id}, total: 9 EUR expected, 8 EUR in the books.`);
});
