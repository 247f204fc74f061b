/** The contract with the front end: status, open, read, search, history, and what each refusal looks like. */
import { register } from '../support/customers';
import { eventually } from '../support/eventually';
import { breaches } from '../support/invariants';
import { orderOf, startWorld, type World } from '../support/world';

let world: World;
beforeAll(async () => {
  world = await startWorld({ machines: 8 });
});
afterAll(() => world.stop());

const code = (response: { body: unknown }) =>
  (response.body as { error: { details: { code: string } } }).error.details.code;

describe('GET /machines/:id/status', () => {
  it('asks Vendron, answers flat, and ties the check to the customer', async () => {
    await world.opened('M1', 'regular');
    world.simulator.customer('M1').close();
    const response = await world.larder.get('/api/machines/M1/status?customerId=regular');
    expect(response.status).toBe(200);
    expect(response.body).toEqual({
      id: expect.stringMatching(/^[a-z0-9]{24}$/),
      label: 'Fridge 1',
      available: true,
      state: 'available',
      message: expect.any(String),
      checkedAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT.*Z$/),
    });
    const rows = await world.database.sql.rows(
      `select e.kind from events e join events_user_lnk l on l.event_id = e.id join up_users u on u.id = l.user_id
       where u.customer_id = 'regular' and e.name like 'check_machine_state%' order by e.id`,
    );
    expect(rows.map((row) => row.kind)).toEqual(['command', 'acknowledgement', 'result']);
  });

  it.each([
    ['offline', { offline: true }],
    ['expired', { expired: true }],
  ] as const)('says %s', async (state, patch) => {
    world.simulator.setMachine('M2', patch);
    expect((await world.larder.get('/api/machines/M2/status')).body).toMatchObject({ available: false, state });
    world.simulator.setMachine('M2', { offline: false, expired: false });
  });

  it('says busy while a door is open, and locked where sales are locked', async () => {
    await world.opened('M3');
    expect((await world.larder.get('/api/machines/M3/status')).body).toMatchObject({ available: false, state: 'busy' });
    world.simulator.customer('M3').close();
    await world.database.sql.rows(
      `update machines set sales_locked = true, sales_locked_reason = 'Too warm' where vendor_id = 'M4'`,
    );
    expect((await world.larder.get('/api/machines/M4/status')).body).toMatchObject({
      available: false,
      state: 'locked',
      message: 'Too warm',
    });
  });

  it('is 404 for an unknown machine', async () => {
    const response = await world.larder.get('/api/machines/none/status');
    expect([response.status, code(response)]).toEqual([404, 'machine_not_found']);
  });
});

describe('POST /machines/:id/open', () => {
  it('opens by documentId as by vendorId', async () => {
    const { body } = await world.larder.get('/api/machines/M1/status');
    const response = await world.open((body as { id: string }).id);
    expect(response.status).toBe(200);
    expect(response.body).toEqual({
      id: expect.stringMatching(/^[a-z0-9]{24}$/),
      ref: expect.stringMatching(/^[A-Za-z0-9_-]{22}$/),
      state: 'open',
      door: 'unlocked',
    });
    world.simulator.customer('M1').close();
  });

  it('refuses a locked machine with 423 and an unknown one with 404, and asks for no door', async () => {
    const locked = await world.open('M4');
    expect([locked.status, code(locked)]).toEqual([423, 'machine_locked']);
    const unknown = await world.open('none');
    expect([unknown.status, code(unknown)]).toEqual([404, 'machine_not_found']);
    expect(world.simulator.machine('M4').doorCommands).toBe(0);
  });

  it("passes on Vendron's refusal with its code, and answers a repeat the same", async () => {
    world.simulator.setMachine('M5', { offline: true });
    const key = { 'Idempotency-Key': 'offline-once' };
    const body = orderOf('offline-customer');
    const first = await world.larder.post('/api/machines/M5/open', body).set(key);
    const second = await world.larder.post('/api/machines/M5/open', body).set(key);
    expect(first.status).toBe(502);
    expect((first.body as { error: unknown }).error).toMatchObject({
      details: { code: 'machine_refused', refusalCode: 'machine_offline', vendorCode: -4, tryAgain: false },
    });
    expect([second.status, second.body]).toEqual([502, first.body]);
    world.simulator.setMachine('M5', { offline: false });
  });

  it('makes a customer once however many calls arrive together, keeps the e-mail current, and refuses a stolen one', async () => {
    const orders = Array.from({ length: 6 }, (_, n) => world.open(`M${n + 1 === 4 ? 8 : n + 1}`, 'together'));
    const responses = await Promise.all(orders);
    expect(responses.map((response) => response.status)).toEqual([200, 200, 200, 200, 200, 200]);
    for (const n of [1, 2, 3, 8, 5, 6]) world.simulator.customer(`M${n}`).close();
    const users = () =>
      world.database.sql.rows(`select email, password, blocked from up_users where customer_id = 'together'`);
    expect(await users()).toEqual([{ email: 'together@example.com', password: null, blocked: false }]);

    await eventually(async () =>
      expect((await world.open('M7', 'together', { user: { id: 'together', email: 'New@Example.com' } })).status).toBe(
        200,
      ),
    );
    world.simulator.customer('M7').close();
    expect(await users()).toEqual([{ email: 'new@example.com', password: null, blocked: false }]);

    const stolen = await world.open('M8', 'thief', { user: { id: 'thief', email: 'new@example.com' } });
    expect([stolen.status, code(stolen)]).toEqual([409, 'customer_conflict']);
  });

  it('lets a customer who was made by the front end not log in', async () => {
    await world.opened('M8', 'no-password');
    world.simulator.customer('M8').close();
    const response = await world.larder
      .post('/api/auth/local', { identifier: 'no-password@example.com', password: 'anything-at-all' })
      .unset('Authorization');
    expect(response.status).toBe(400);
  });

  it('says so where the mail to set a password cannot be sent', async () => {
    const order = { ...orderOf('no-mail'), user: { id: 'no-mail', email: 'no-mail@nowhere.invalid' } };
    expect((await world.larder.post('/api/machines/M8/open', order)).status).toBe(200);
    world.simulator.customer('M8').close();
    const ask = (email: string) => world.larder.post('/api/auth/forgot-password', { email }).unset('Authorization');
    const { status, body } = await ask('no-mail@nowhere.invalid');
    expect([status, body.error.details]).toEqual([503, { code: 'mail_unavailable' }]);
    expect(world.larder.log()).toMatch(/A mail could not be sent: .*nowhere\.invalid/);
    expect((await ask('no mail address')).status).toBe(400);
  });

  it('takes an empty referralCode and expertId for none, and says that what is absent is needed', async () => {
    const response = await world.larder.post('/api/machines/M8/open', {
      ...orderOf('nobodys-friend'),
      referralCode: '',
      expertId: ' ',
    });
    expect(response.status).toBe(200);
    world.simulator.customer('M8').close();
    const { id } = response.body as { id: string };
    expect(await world.purchase(id)).toMatchObject({ referralCode: null, expertId: null });
    await world.until(id, 'empty');
    const without = await world.larder.post('/api/machines/M8/open', { payment: orderOf('x').payment });
    expect([without.status, without.body.error.details.errors]).toEqual([
      400,
      [{ field: 'user', message: 'is needed' }],
    ]);
  });

  it('answers a wrong method in the shape of every error', async () => {
    const { status, body, headers } = await world.larder.post('/api/machines/M8/status', {});
    expect([status, body.error.status, body.error.details.code]).toEqual([405, 405, 'method_not_allowed']);
    expect(headers.allow).toContain('GET');
  });

  it('records the payment as it was sent', async () => {
    const body = { ...orderOf('payer'), referralCode: 'FRIEND', expertId: 'nutri-1' };
    const payment = { ...body.payment, brand: 'visa', last4: '4242' };
    const response = await world.larder.post('/api/machines/M8/open', { ...body, payment });
    expect(response.status).toBe(200);
    world.simulator.customer('M8').close();
    const [row] = await world.database.sql.rows(
      `select payment, payment_state, payment_provider, payment_intent_id, authorized_amount, referral_code, expert_id
       from transactions where document_id = $1`,
      [(response.body as { id: string }).id],
    );
    expect(row).toEqual({
      payment,
      payment_state: 'recorded',
      payment_provider: 'stripe',
      payment_intent_id: payment.paymentIntentId,
      authorized_amount: 10_000,
      referral_code: 'FRIEND',
      expert_id: 'nutri-1',
    });
  });
});

describe('reading', () => {
  it('answers every key, always, by id and by ref', async () => {
    const id = await world.opened('M6', 'reader');
    const open = await world.purchase(id);
    expect(Object.keys(open).sort()).toEqual(
      [
        ...[
          'id',
          'ref',
          'state',
          'door',
          'machineId',
          'machineLabel',
          'customerId',
          'products',
          'authorizedAmount',
          'totalAmount',
        ],
        ...[
          'capturedAmount',
          'refundedAmount',
          'currency',
          'paymentState',
          'paymentIntentId',
          'refusalCode',
          'message',
          'referralCode',
          'expertId',
        ],
        ...['createdAt', 'openedAt', 'closedAt', 'completedAt', 'updatedAt'],
      ].sort(),
    );
    world.simulator.customer('M6').take('1005');
    await eventually(async () => {
      expect((await world.purchase(id)).products).toEqual([
        { sku: '1005', name: 'Meal 1005', kind: 'sale', quantity: 1, unitAmount: 480, amount: 480 },
      ]);
    });
    world.simulator.customer('M6').close();
    await world.until(id, 'completed');
    expect(await world.purchase(open.ref)).toEqual(await world.purchase(id));
  });

  it('charges the price of the moment the door opened', async () => {
    const id = await world.opened('M6', 'early-bird');
    await world.database.sql.rows(`update products set unit_amount = 999 where sku = '1006'`);
    world.simulator.customer('M6').take('1006');
    world.simulator.customer('M6').close();
    expect(await world.until(id, 'completed')).toMatchObject({ totalAmount: 290 });
    const next = await world.opened('M6', 'late-bird');
    world.simulator.customer('M6').take('1006');
    world.simulator.customer('M6').close();
    expect(await world.until(next, 'completed')).toMatchObject({ totalAmount: 999 });
  });

  it('searches by customer, e-mail, machine, state and time, in pages', async () => {
    const find = async (query: string) => {
      const { status, body } = await world.larder.get(`/api/transactions/search?${query}`);
      expect(status).toBe(200);
      return body as { data: { customerId: string; state: string; createdAt: string }[]; meta: Record<string, number> };
    };
    const all = await find('pageSize=100');
    expect(all.meta).toMatchObject({ page: 1, pageSize: 100, total: all.data.length });
    const times = all.data.map((purchase) => purchase.createdAt);
    expect(times).toEqual([...times].sort().reverse());

    const together = await find('user=together');
    expect(together.meta.total).toBe(7);
    expect(new Set(together.data.map((purchase) => purchase.customerId))).toEqual(new Set(['together']));
    expect((await find('email=NEW@example.com')).meta.total).toBe(7);
    expect((await find('user=together&pageSize=2&page=4')).data).toHaveLength(1);
    expect((await find('state=refused')).data.every((purchase) => purchase.state === 'refused')).toBe(true);
    expect((await find('machine=M5&state=refused')).meta.total).toBe(1);
    expect((await find(`from=${encodeURIComponent(times[0] ?? '')}`)).meta.total).toBe(1);
    expect((await find(`to=${encodeURIComponent(times[0] ?? '')}`)).meta.total).toBe(all.data.length - 1);
    const oldest = await find('sort=createdAt:asc&pageSize=1');
    expect(oldest.data[0]?.createdAt).toBe(times.at(-1));
  });

  it('shows a customer their own purchases only, and somebody else as if they were not there', async () => {
    const alice = await register(world.larder, 'alice');
    const bob = await register(world.larder, 'bob');
    const { payment } = orderOf('unused');
    const opened = await world.larder.post('/api/machines/M6/open', { payment }, alice.jwt);
    expect(opened.status).toBe(200);
    const { id } = opened.body as { id: string };
    world.simulator.customer('M6').close();
    await world.until(id, 'empty');

    expect((await world.larder.get(`/api/transactions/${id}`, alice.jwt)).body).toMatchObject({ id });
    for (const path of ['', '/events', '/stream']) {
      const response = await world.larder.get(`/api/transactions/${id}${path}`, bob.jwt);
      expect([path, response.status, code(response)]).toEqual([path, 404, 'transaction_not_found']);
    }
    expect((await world.larder.get('/api/transactions/search', alice.jwt)).body).toMatchObject({ meta: { total: 1 } });
    expect((await world.larder.get('/api/transactions/search?user=together', bob.jwt)).body).toMatchObject({
      meta: { total: 0 },
    });
    const forBob = await world.larder.post(
      '/api/machines/M6/open',
      { user: { id: 'together', email: 'x@example.com' }, payment },
      bob.jwt,
    );
    expect([forBob.status, code(forBob)]).toEqual([403, 'other_customer']);
  });
});

it('keeps its promises through all of this', async () => {
  expect(await breaches(world.database.sql, world.simulator)).toEqual([]);
});
