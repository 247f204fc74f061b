/** Refunds, debts and decided payments over HTTP, on a whole Larder with the fake Stripe: what comes back, and what follows. */
import { register } from '../support/customers';
import { eventually } from '../support/eventually';
import { moneyBreaches } from '../support/money-invariants';
import { refusal, startMoneyDesk, type MoneyDesk } from '../support/money-desk';

let desk: MoneyDesk;
beforeAll(async () => {
  desk = await startMoneyDesk();
}, 180_000);
afterAll(() => desk?.world.stop());
afterEach(() => desk.world.fake.faults.clear());

const REFUND = 'id transactionId state amount currency lines reason failureReason createdAt endedAt'.split(' ');
const DEBT = 'id state cause amount currency transactionId createdAt endedAt'.split(' ');
const ISO = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;
const reason = 'It was cold.';
const given = (id: string) => desk.world.fake.refunds().filter(({ metadata }) => metadata?.larder_transaction === id);
const soundMoney = async () => expect(await moneyBreaches(desk.world.database.sql, desk.world.fake)).toEqual([]);

describe('a refund', () => {
  afterEach(soundMoney);

  it('of everything is asked for with 201, and seen to succeed', async () => {
    const id = await desk.charged('whole');
    expect((await desk.refunds(id)).body).toEqual({ data: [], refundable: 1460, currency: 'EUR' });
    const { status, body } = await desk.refund(id, { reason });
    expect([status, Object.keys(body)]).toEqual([201, REFUND]);
    expect(body).toMatchObject({ transactionId: id, state: 'requested', amount: 1460, currency: 'EUR', reason });
    expect(body).toMatchObject({ lines: null, failureReason: null, createdAt: expect.stringMatching(ISO) });
    await eventually(async () => {
      const seen = await desk.refunds(id, desk.tokens.reader);
      const done = { ...body, state: 'succeeded', endedAt: expect.stringMatching(ISO) };
      expect([seen.status, seen.body]).toEqual([200, { data: [done], refundable: 0, currency: 'EUR' }]);
    });
    expect(given(id)).toMatchObject([{ amount: 1460 }]);
    const more = await desk.refund(id, { reason });
    expect([more.status, refusal(more.body).code]).toEqual([409, 'nothing_to_refund']);
  });

  it('by line costs what was paid for it, by amount it is that, and neither is more than is left', async () => {
    const id = await desk.charged('lines');
    const { ref } = await desk.world.purchase(id);
    const line = await desk.refund(ref, { reason, lines: [{ sku: '1001', quantity: 1 }] });
    const lines = [{ sku: '1001', kind: 'sale', quantity: 1, unitAmount: 650, amount: 650 }];
    expect([line.status, line.body]).toMatchObject([201, { transactionId: id, amount: 650, lines }]);
    const tooMany: [object, string][] = [
      [{ lines: [{ sku: '1001', quantity: 2 }] }, 'lines.0.quantity'],
      [
        {
          lines: [
            { sku: '1007', quantity: 1 },
            { sku: `'; drop table refunds`, quantity: 1 },
          ],
        },
        'lines.1.quantity',
      ],
      [{ amount: 811 }, 'amount'],
    ];
    for (const [what, field] of tooMany) {
      const refused = await desk.refund(id, { reason, ...what });
      expect([refused.status, refused.body.error.name]).toEqual([409, 'ConflictError']);
      expect(refusal(refused.body)).toMatchObject({ code: 'refund_too_large', refundable: 810, fields: [field] });
    }
    expect((await desk.refund(id, { reason, amount: 810 })).body).toMatchObject({ amount: 810, lines: null });
    await eventually(async () =>
      expect((await desk.refunds(id)).body).toMatchObject({
        data: [{ state: 'succeeded' }, { state: 'succeeded' }],
        refundable: 0,
      }),
    );
    expect(
      given(id)
        .map(({ amount }) => amount)
        .sort(),
    ).toEqual([650, 810]);
  });

  it('by line asks which is meant where a product was paid for in two ways', async () => {
    const id = await desk.charged('two-ways');
    await desk.world.database.sql.rows(
      `with one as (
         update transaction_lines l set quantity = 1, amount = unit_amount from transaction_lines_transaction_lnk k, transactions t
         where k.line_id = l.id and t.id = k.transaction_id and t.document_id = $1 and l.sku = '1001' returning l.*, t.id as bought
       ), kept as (
         insert into transaction_lines (document_id, sku, name, kind, quantity, unit_amount, amount, currency, created_at, updated_at, published_at)
         select 'kept', sku, name, 'theft', 1, unit_amount, amount, currency, now(), now(), now() from one returning id
       ) insert into transaction_lines_transaction_lnk (line_id, transaction_id, line_ord) select kept.id, one.bought, 9 from kept, one`,
      [id],
    );
    const vague = await desk.refund(id, { reason, lines: [{ sku: '1001', quantity: 1 }] });
    expect([vague.status, refusal(vague.body)]).toMatchObject([
      400,
      { code: 'line_ambiguous', kinds: ['sale', 'theft'], fields: ['lines.0.kind'] },
    ]);
    const wrong = await desk.refund(id, { reason, lines: [{ sku: '1001', quantity: 1, kind: 'gift' }] });
    expect([wrong.status, refusal(wrong.body).fields]).toEqual([400, ['lines.0.kind']]);
    const { body } = await desk.refund(id, { reason, lines: [{ sku: '1001', quantity: 1, kind: 'theft' }] });
    expect(body).toMatchObject({ amount: 650, lines: [{ kind: 'theft' }] });
    expect((await desk.refundable(id)).body.lines).toMatchObject([
      { sku: '1001', kind: 'sale', left: 1 },
      { sku: '1007', left: 1 },
      { sku: '1001', kind: 'theft', left: 0 },
    ]);
  });

  it('asked for again with its key, also at once, is one refund; with another request it is a conflict', async () => {
    const [id, other] = [await desk.charged('twice'), await desk.charged('other')];
    const key = 'k'.repeat(255);
    const body = { reason, amount: 100 };
    const ask = (target: string, what: object) => desk.refund(target, what, desk.tokens.refunder, key);
    const answers = await Promise.all(Array.from({ length: 8 }, () => ask(id, body)));
    expect(answers.map(({ status }) => status)).toEqual(Array(8).fill(201));
    const made = new Set(answers.map((answer) => (answer.body as { id: string }).id));
    expect(made.size).toBe(1);
    for (const [target, what] of [
      [id, { ...body, amount: 101 }],
      [id, { ...body, reason: 'Something else.' }],
      [id, { reason, lines: [{ sku: '1007', quantity: 1 }] }],
      [other, body],
    ] as const) {
      const conflict = await ask(target, what);
      expect([conflict.status, refusal(conflict.body).code]).toEqual([409, 'idempotency_conflict']);
    }
    await eventually(async () => expect((await desk.refunds(id)).body.data).toMatchObject([{ state: 'succeeded' }]));
    expect((await ask(id, body)).body).toMatchObject({ id: [...made][0], state: 'succeeded' });
    expect(given(id)).toHaveLength(1);
    // Of another caller the same words are another key.
    const another = await desk.refundAtDesk(id, body, desk.tokens.operator, key);
    expect([another.status, made.has(another.body.id)]).toEqual([201, false]);
    await eventually(() => expect(given(id)).toHaveLength(2));
  });

  it('that fails says why, and can be asked for again', async () => {
    const id = await desk.charged('failing');
    desk.world.fake.faults.refunds('failed');
    await desk.refund(id, { reason, amount: 500 }).expect(201);
    await eventually(async () => {
      const { body } = await desk.refunds(id);
      expect(body).toMatchObject({ data: [{ state: 'failed', failureReason: expect.any(String) }], refundable: 1460 });
    });
    desk.world.fake.faults.clear();
    await desk.refund(id, { reason, amount: 500 }).expect(201);
    await eventually(async () => expect((await desk.refunds(id)).body.refundable).toBe(960));
  });

  it('needs a charge', async () => {
    const empty = await desk.charged('nothing-taken', []);
    const open = await desk.world.openedWithCard('M2', 'still-shopping');
    for (const id of [empty, open]) {
      const refused = [await desk.refund(id, { reason }), await desk.refundAtDesk(id, { reason })];
      for (const { status, body } of refused) expect([status, refusal(body).code]).toEqual([409, 'not_captured']);
      expect((await desk.refunds(id)).body).toMatchObject({ data: [], refundable: 0 });
    }
    desk.world.simulator.customer('M2').close();
    await desk.world.untilPaid(open, 'released');
  });

  it('from the panel shows what is left, line by line, and is noted with who asked', async () => {
    const id = await desk.charged('at-the-desk');
    const { status, body } = await desk.refundable(id);
    const lines = [
      { sku: '1001', kind: 'sale', name: 'Meal 1001', quantity: 2, unitAmount: 650, left: 2 },
      { sku: '1007', kind: 'sale', name: 'Meal 1007', quantity: 1, unitAmount: 160, left: 1 },
    ];
    expect([status, body]).toEqual([200, { refundable: 1460, currency: 'EUR', lines }]);
    const made = await desk.refundAtDesk(id, { reason, lines: [{ sku: '1007', quantity: 1 }] });
    expect([made.status, Object.keys(made.body)]).toEqual([201, REFUND]);
    const left = (await desk.refundable(id)).body;
    expect(left).toMatchObject({ refundable: 1300, lines: [{ left: 2 }, { left: 0 }] });
    const large = await desk.refundAtDesk(id, { reason, amount: 1301 });
    expect([large.status, refusal(large.body).code]).toEqual([409, 'refund_too_large']);
    await eventually(() => expect(given(id)).toMatchObject([{ amount: 160 }]));
    const by = `select requested_by from refunds where document_id = $1`;
    const [row] = await desk.world.database.sql.rows(by, [made.body.id]);
    expect(row).toEqual({ requested_by: expect.stringMatching(/^admin:\d+$/) });
  });
});

describe('a debt', () => {
  afterEach(soundMoney);

  it.each(['settle', 'forgive'] as const)(
    'keeps doors shut until an operator decides to %s it, once',
    async (decision) => {
      const name = `debtor-${decision}`;
      const { jwt, userId } = await register(desk.world.larder, name);
      await desk.world.database.sql.rows(`update up_users set customer_id = $1 where id = $2`, [name, userId]);
      const { id, debtId } = await desk.owing(name);
      const mine = await desk.debts('', jwt);
      expect(Object.keys(mine.body.data[0])).toEqual(DEBT);
      const debt = { id: debtId, cause: 'basket_above_hold', amount: 150, currency: 'EUR', transactionId: id };
      expect(mine.body).toMatchObject({ data: [{ ...debt, state: 'open', endedAt: null }] });
      expect((await desk.debts(`?customer=${name}`, jwt)).body).toEqual(mine.body);
      expect((await desk.debts(`?customer=${name}&state=open`)).body).toEqual(mine.body);
      expect((await desk.debts('?state=settled', jwt)).body).toEqual({ data: [] });

      const paymentMethodId = await desk.world.saveCard(name);
      const open = () =>
        desk.world.larder.post(
          '/api/machines/M1/open',
          { payment: { paymentMethodId, amount: 900, currency: 'EUR' } },
          jwt,
        );
      const shut = await open();
      expect([shut.status, refusal(shut.body)]).toMatchObject([
        402,
        { code: 'payment_declined', reason: 'debt_outstanding' },
      ]);

      const answers = await Promise.all([1, 2].map(() => desk.decide('debts', debtId, { decision, reason })));
      const [decided, late] = answers.sort((a, b) => a.status - b.status);
      const state = decision === 'settle' ? 'settled' : 'forgiven';
      expect([decided?.status, decided?.body]).toEqual([200, { id: debtId, state }]);
      expect([late?.status, refusal(late?.body)]).toMatchObject([409, { code: 'debt_not_open', state }]);
      const ended = { ...debt, state, endedAt: expect.stringMatching(ISO) };
      expect((await desk.debts('', jwt)).body.data).toMatchObject([ended]);

      const opened = await open();
      expect([opened.status, opened.body.state]).toEqual([200, 'open']);
      desk.world.simulator.customer('M1').close();
      await desk.world.untilPaid(opened.body.id, 'released');
    },
  );

  it('is shown to its customer and to front ends, and to no other customer', async () => {
    const { debtId } = await desk.owing('private');
    expect((await desk.debts('', desk.tokens.customer)).body).toEqual({ data: [] });
    const others = await desk.debts('?customer=private', desk.tokens.customer);
    expect([others.status, refusal(others.body).code]).toEqual([403, 'other_customer']);
    expect((await desk.debts('?customer=private')).body).toMatchObject({ data: [{ id: debtId }] });
    expect((await desk.debts('?customer=nobody')).body).toEqual({ data: [] });
  });
});

describe('a payment that Stripe contradicts', () => {
  const decide = (id: string, decision: string) => desk.decide('payments', id, { decision, reason });

  it.each([
    ['charge', 'capturing', 'captured'],
    ['debt', 'released', 'owed'],
    ['forgive', 'released', 'released'],
  ])('is decided once: %s', async (decision, state, paid) => {
    const { id, paymentId } = await desk.cancelled(`decided-${decision}`);
    const { status, body } = await decide(paymentId, decision);
    expect([status, body]).toEqual([200, { id: paymentId, state }]);
    await desk.world.untilPaid(id, paid);
    const again = await decide(paymentId, 'forgive');
    expect([again.status, refusal(again.body)]).toMatchObject([
      409,
      { code: 'payment_not_in_review', state: paid === 'captured' ? 'captured' : state },
    ]);
    const owed = await desk.debts(`?customer=decided-${decision}&state=open`);
    expect(owed.body.data).toHaveLength(decision === 'debt' ? 1 : 0);
    await soundMoney();
  });

  it('waits for what was taken, is nothing due where that was nothing, and can wait for Stripe', async () => {
    const id = await desk.world.openedWithCard('M1', 'undecided');
    const { payment_intent_id: intent } = await desk.world.payment(id);
    desk.world.fake.hands.cancelFromDashboard(intent ?? '', 'automatic');
    await desk.world.untilPaid(id, 'review');
    const paymentId = await desk.paymentOf(id);
    const early = await decide(paymentId, 'charge');
    expect([early.status, refusal(early.body).code]).toEqual([409, 'purchase_undecided']);
    desk.world.simulator.customer('M1').close();
    await desk.world.until(id, 'empty');
    const nothing = await decide(paymentId, 'charge');
    expect([nothing.status, refusal(nothing.body).code]).toEqual([409, 'nothing_due']);
    desk.world.fake.faults.down(true);
    const away = await decide(paymentId, 'forgive');
    expect([away.status, refusal(away.body).code]).toEqual([503, 'stripe_unavailable']);
    desk.world.fake.faults.down(false);
    await eventually(async () => expect((await decide(paymentId, 'forgive')).status).toBe(200));
    await soundMoney();
  });

  it('that was charged although nothing was due is no debt, and is given back', async () => {
    const id = await desk.world.openedWithCard('M1', 'overcharged');
    const { payment_intent_id: intent } = await desk.world.payment(id);
    desk.world.fake.hands.captureFromDashboard(intent ?? '');
    desk.world.simulator.customer('M1').close();
    await desk.world.untilPaid(id, 'review');
    const paymentId = await desk.paymentOf(id);
    const debt = await decide(paymentId, 'debt');
    expect([debt.status, refusal(debt.body).code]).toEqual([409, 'already_charged']);
    expect((await decide(paymentId, 'forgive')).body).toEqual({ id: paymentId, state: 'captured' });
    await eventually(async () =>
      expect((await desk.refunds(id)).body).toMatchObject({ data: [{ amount: 2500, reason, state: 'succeeded' }] }),
    );
  });
});
