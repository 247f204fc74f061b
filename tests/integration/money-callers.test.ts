/** Whoever calls the routes of refunds, debts and decisions, whatever they send: a clear 4xx that names the field, and nothing written. */
import { ADMIN, FRONT_END_TOKEN } from '../support/larder';
import { eventually } from '../support/eventually';
import { refusal, startMoneyDesk, type MoneyDesk } from '../support/money-desk';
import { logIn } from '../support/operator';

let desk: MoneyDesk;
let bought: string;
let debtId: string;
let paymentId: string;
beforeAll(async () => {
  desk = await startMoneyDesk();
  bought = await desk.charged('target');
  ({ debtId } = await desk.owing('debtor'));
  const find = `select document_id as id from payments where key = 'purchase:' || $1`;
  paymentId = (await desk.world.database.sql.rows<{ id: string }>(find, [bought]))[0]?.id ?? '';
}, 180_000);
afterAll(() => desk?.world.stop());

const NUL = String.fromCharCode(0);
const reason = 'It was cold.';
const LONG = `'; drop table refunds; -- <script>alert(1)</script> ${'é'.repeat(500)}`.slice(0, 500);

/** Everything that a call could have written. */
const written = () =>
  desk.world.database.sql.rows(
    `select (select count(*) from refunds)::int as refunds, (select count(*) from ledger_entries)::int as entries,
       (select count(*) from events)::int as events, (select count(*) from up_users)::int as users,
       (select count(*) from pgboss.job where name = 'billing.refund')::int as jobs,
       (select json_agg(json_build_array(state, reason) order by id) from debts) as debts,
       (select json_agg(state order by id) from payments) as payments`,
  );
/** Runs it, and sees that nothing was written by it. */
async function writesNothing(work: () => Promise<unknown>): Promise<void> {
  const before = await written();
  await work();
  expect(await written()).toEqual(before);
}

describe('somebody who may not', () => {
  it('refunds by REST: only a token with the scope', () =>
    writesNothing(async () => {
      for (const [as, status, code] of [
        [desk.tokens.reader, 403, 'forbidden'],
        [FRONT_END_TOKEN, 403, 'forbidden'],
        [desk.tokens.customer, 403, 'forbidden'],
        [desk.tokens.operator, 401, 'unauthorized'],
        ['no-such-token', 401, 'unauthorized'],
      ] as const) {
        const refused = await desk.refund(bought, { reason }, as);
        expect([as, refused.status, refusal(refused.body).code]).toEqual([as, status, code]);
      }
      for (const as of [FRONT_END_TOKEN, desk.tokens.customer]) {
        const refused = await desk.refunds(bought, as);
        expect([refused.status, refusal(refused.body).code]).toEqual([403, 'forbidden']);
      }
      // Without any token it is the public's role that may not.
      expect((await desk.refund(bought, { reason }).unset('Authorization')).status).toBe(403);
      expect((await desk.refunds(bought).unset('Authorization')).status).toBe(403);
    }));

  it('reads debts: only a customer, and a token with the scope', async () => {
    for (const as of [desk.tokens.refunder, desk.tokens.reader]) {
      const refused = await desk.debts('?customer=debtor', as);
      expect([refused.status, refusal(refused.body).code]).toEqual([403, 'forbidden']);
    }
    expect((await desk.debts('?customer=debtor', desk.tokens.operator)).status).toBe(401);
    expect((await desk.debts('?customer=debtor').unset('Authorization')).status).toBe(403);
  });

  it('refunds or decides in the panel: only an operator or an administrator', () =>
    writesNothing(async () => {
      const calls = [
        (as: string) => desk.refundable(bought, as),
        (as: string) => desk.refundAtDesk(bought, { reason }, as),
        (as: string) => desk.decide('debts', debtId, { decision: 'forgive', reason }, as),
        (as: string) => desk.decide('payments', paymentId, { decision: 'forgive', reason }, as),
      ];
      for (const call of calls) {
        const { editor, refunder, customer } = desk.tokens;
        expect((await call(editor)).status).toBe(403);
        for (const as of [refunder, customer, FRONT_END_TOKEN, 'nonsense']) expect((await call(as)).status).toBe(401);
        expect((await call('').unset('Authorization')).status).toBe(401);
      }
      const administrator = await logIn(desk.world.larder, ADMIN);
      expect((await desk.refundable(bought, administrator)).status).toBe(200);
    }));
});

describe('an order for a refund', () => {
  it.each<[string, unknown, string]>([
    ['nothing', {}, 'reason'],
    ['a list', [], 'body'],
    ['an empty reason', { reason: ' ' }, 'reason'],
    ['NUL in the reason', { reason: `a${NUL}` }, 'reason'],
    ['a broken character', { reason: 'a\ud800' }, 'reason'],
    ['an object for a reason', { reason: { $ne: null } }, 'reason'],
    ['a reason of 501', { reason: 'x'.repeat(501) }, 'reason'],
    ['a negative amount', { reason, amount: -1 }, 'amount'],
    ['zero', { reason, amount: 0 }, 'amount'],
    ['a fraction of a cent', { reason, amount: 0.5 }, 'amount'],
    ['33 bits', { reason, amount: 2 ** 33 }, 'amount'],
    ['31 bits and one', { reason, amount: 2 ** 31 }, 'amount'],
    ['an amount as text', { reason, amount: '100' }, 'amount'],
    ['a misspelt amount', { reason, amuont: 100 }, 'amuont'],
    ['an amount and lines', { reason, amount: 100, lines: [{ sku: '1001', quantity: 1 }] }, 'amount'],
    ['no lines', { reason, lines: [] }, 'lines'],
    ['101 lines', { reason, lines: Array.from({ length: 101 }, (_, n) => ({ sku: `${n}`, quantity: 1 })) }, 'lines'],
    ['text for lines', { reason, lines: '1001' }, 'lines'],
    ['a line twice', { reason, lines: Array(2).fill({ sku: '1001', quantity: 1 }) }, 'lines'],
    ['none of a line', { reason, lines: [{ sku: '1001', quantity: 0 }] }, 'lines.0.quantity'],
    ['less than none', { reason, lines: [{ sku: '1001', quantity: -1 }] }, 'lines.0.quantity'],
    ['half a salad', { reason, lines: [{ sku: '1001', quantity: 0.5 }] }, 'lines.0.quantity'],
    ['2^40 salads', { reason, lines: [{ sku: '1001', quantity: 2 ** 40 }] }, 'lines.0.quantity'],
    ['NUL in a sku', { reason, lines: [{ sku: NUL, quantity: 1 }] }, 'lines.0.sku'],
    ['a price of its own', { reason, lines: [{ sku: '1001', quantity: 1, amount: 1 }] }, 'lines.0.amount'],
  ])('with %s is refused by name, by REST and in the panel', (_, body, field) =>
    writesNothing(async () => {
      for (const answer of [
        await desk.refund(bought, body as object),
        await desk.refundAtDesk(bought, body as object),
      ]) {
        expect([answer.status, refusal(answer.body).code]).toEqual([400, 'invalid_request']);
        expect(refusal(answer.body).fields).toContain(field);
        expect(answer.body.error.message).toContain(field === 'body' ? 'body' : field);
      }
    }),
  );

  it('names the misspelt key', async () => {
    const { body } = await desk.refund(bought, { reason, amuont: 100 });
    expect(body.error.message).toContain('amuont');
  });

  it('of 1e400, or that is no JSON, or of 1 MB', () =>
    writesNothing(async () => {
      for (const [text, status] of [
        ['{"reason":"x","amount":1e400}', 400],
        ['{"reason":', 400],
        [JSON.stringify({ reason: 'x'.repeat(1_000_000) }), 413],
      ] as const) {
        const refused = await desk.refund(bought, {}).set('Content-Type', 'application/json').send(text);
        expect(refused.status).toBe(status);
      }
    }));

  it('needs a key of at most 255 characters', () =>
    writesNothing(async () => {
      for (const key of ['', 'x'.repeat(256)]) {
        for (const refused of [
          await desk.refund(bought, { reason }, desk.tokens.refunder, key),
          await desk.refundAtDesk(bought, { reason }, desk.tokens.operator, key),
        ]) {
          expect([refused.status, refusal(refused.body).fields]).toEqual([400, ['Idempotency-Key']]);
        }
      }
    }));

  it.each(['nothing', '%00', '%ed%a0%80', '%', 'x'.repeat(500), '1%27%20or%201=1', '..%2F..'])(
    'for the purchase %s finds none',
    (id) =>
      writesNothing(async () => {
        for (const { status, body } of [
          await desk.refunds(id),
          await desk.refundable(id),
          await desk.refund(id, { reason }),
          await desk.refundAtDesk(id, { reason }),
        ]) {
          const { code } = refusal(body);
          expect(status === 404 ? code : [status, code]).toEqual(
            status === 404 ? 'transaction_not_found' : [400, 'invalid_request'],
          );
        }
      }),
  );

  it('may give a long reason, with SQL and HTML in it, which stays as it is', async () => {
    const order = { reason: LONG, amount: 1 };
    for (const made of [await desk.refund(bought, order), await desk.refundAtDesk(bought, order)]) {
      expect([made.status, made.body.reason]).toEqual([201, LONG]);
    }
    const done = { state: 'succeeded', reason: LONG };
    await eventually(async () => expect((await desk.refunds(bought)).body.data).toMatchObject([done, done]));
    const told = (await desk.world.history(bought)).filter(({ name }) => name === 'payment.refunded');
    expect(told.map(({ message }) => message)).toEqual(Array(2).fill(`0.01 EUR: ${LONG}`));
  });
});

describe('a question for debts', () => {
  it.each([
    ['', 'customer'],
    ['?customer=', 'customer'],
    ['?customer=%00', 'customer'],
    [`?customer=${'x'.repeat(121)}`, 'customer'],
    ['?customer[]=a&customer[]=b', 'customer'],
    ['?customer[$ne]=a', 'customer'],
    ['?customer=debtor&state=stolen', 'state'],
    ['?customer=debtor&state=open&state=settled', 'state'],
    ['?customer=debtor&filters[user][password][$startsWith]=a', 'filters'],
    ['?customer=debtor&usr=misspelt', 'usr'],
  ])('with %s is refused by name', async (query, field) => {
    const { status, body } = await desk.debts(query);
    expect([status, refusal(body)]).toMatchObject([400, { code: 'invalid_request', fields: [field] }]);
  });

  it('finds nobody by SQL', async () => {
    expect((await desk.debts(`?customer=${encodeURIComponent(`' or '1'='1`)}`)).body).toEqual({ data: [] });
  });
});

describe('a decision', () => {
  it.each<[string, unknown, string[]]>([
    ['nothing', {}, ['reason', 'decision']],
    ['a list', [], ['reason', 'decision']],
    ['another word', { reason, decision: 'steal' }, ['decision']],
    ['a list of words', { reason, decision: ['forgive'] }, ['decision']],
    ['no reason', { decision: 'forgive' }, ['reason']],
    ['an empty reason', { decision: 'forgive', reason: ' ' }, ['reason']],
    ['NUL in the reason', { decision: 'forgive', reason: NUL }, ['reason']],
    ['a reason of 501', { decision: 'forgive', reason: 'x'.repeat(501) }, ['reason']],
    ['a number for a reason', { decision: 'forgive', reason: 1 }, ['reason']],
  ])('with %s is refused by name', (_, body, fields) =>
    writesNothing(async () => {
      for (const answer of [
        await desk.decide('debts', debtId, body as object),
        await desk.decide('payments', paymentId, body as object),
      ]) {
        expect([answer.status, refusal(answer.body)]).toMatchObject([400, { code: 'invalid_request', fields }]);
      }
    }),
  );

  it.each(['nothing', '%00', 'x'.repeat(500), '1%27%20or%201=1'])('about %s finds nothing', (id) =>
    writesNothing(async () => {
      for (const [what, code] of [
        ['debts', 'debt_not_found'],
        ['payments', 'payment_not_found'],
      ] as const) {
        // The address decides, whatever the body says.
        const { status, body } = await desk.decide(what, id, { decision: 'forgive', reason, id: debtId });
        const isMalformed = id === '%00' || id.length > 120;
        expect([status, refusal(body)]).toMatchObject(
          isMalformed ? [400, { code: 'invalid_request', fields: ['id'] }] : [404, { code }],
        );
      }
    }),
  );

  it('about what is not under review is refused', () =>
    writesNothing(async () => {
      const { status, body } = await desk.decide('payments', paymentId, { decision: 'forgive', reason });
      expect([status, refusal(body)]).toMatchObject([409, { code: 'payment_not_in_review', state: 'captured' }]);
    }));

  it('may have a long reason, with SQL and HTML in it, which stays as it is', async () => {
    const { status, body } = await desk.decide('debts', debtId, { decision: 'forgive', reason: LONG });
    expect([status, body]).toEqual([200, { id: debtId, state: 'forgiven' }]);
    const [row] = await desk.world.database.sql.rows(`select reason from debts where document_id = $1`, [debtId]);
    expect(row).toEqual({ reason: LONG });
  });
});

it('keeps to its books where Larder only records payments', async () => {
  const larder = await desk.world.startAnother({ env: { PAYMENTS: 'record' } });
  await writesNothing(async () => {
    const { refunder, operator } = desk.tokens;
    const rest = larder.post(`/api/transactions/${bought}/refunds`, { reason }, refunder);
    const refund = await rest.set('Idempotency-Key', 'recorded');
    expect([refund.status, refusal(refund.body).code]).toEqual([404, 'billing_off']);
    for (const [path, body] of [
      [`/billing/transactions/${bought}/refunds`, { reason }],
      [`/billing/payments/${paymentId}/decide`, { decision: 'forgive', reason }],
    ] as const) {
      const refused = await larder.post(path, body, operator).set('Idempotency-Key', 'recorded');
      expect([refused.status, refusal(refused.body).code]).toEqual([409, 'payments_recorded']);
    }
  });
});
