/** Whoever calls, whatever they send: a clear 4xx that names the field, never a 500, nothing half-written. */
import { request } from 'node:http';
import { register, type LoggedIn } from '../support/customers';
import { orderOf, startWorld, type World } from '../support/world';

let world: World;
let customer: LoggedIn;
beforeAll(async () => {
  world = await startWorld({ machines: 2 });
  customer = await register(world.larder, 'nosy');
});
afterAll(() => world.stop());

interface ErrorBody {
  data: null;
  error: { status: number; message: string; details: { code: string; errors?: { field: string }[] } };
}

const counts = () =>
  world.database.sql.rows(
    `select (select count(*)::int from transactions) as purchases, (select count(*)::int from up_users) as users`,
  );

describe('a body that is not an order', () => {
  const order = orderOf('caller');
  const NUL = String.fromCharCode(0);
  it.each<[string, unknown, string]>([
    ['nothing', {}, 'user'],
    ['a list', [], 'body'],
    ['no e-mail', { ...order, user: { id: '1' } }, 'user.email'],
    ['a wrong e-mail', { ...order, user: { id: '1', email: 'nobody' } }, 'user.email'],
    ['NUL in the id', { ...order, user: { id: `a${NUL}b`, email: 'a@example.com' } }, 'user.id'],
    ['a broken character', { ...order, user: { id: 'a\ud800', email: 'a@example.com' } }, 'user.id'],
    ['an object for an id', { ...order, user: { id: { $ne: null }, email: 'a@example.com' } }, 'user.id'],
    ['a negative amount', { ...order, payment: { ...order.payment, amount: -1 } }, 'payment.amount'],
    ['a fraction of a cent', { ...order, payment: { ...order.payment, amount: 0.5 } }, 'payment.amount'],
    ['zero', { ...order, payment: { ...order.payment, amount: 0 } }, 'payment.amount'],
    ['33 bits', { ...order, payment: { ...order.payment, amount: 2 ** 33 } }, 'payment.amount'],
    ['1e400', { ...order, payment: { ...order.payment, amount: '1e400' } }, 'payment.amount'],
    ['no currency', { ...order, payment: { ...order.payment, currency: 'QQQ' } }, 'payment.currency'],
    ['NUL deep in the payment', { ...order, payment: { ...order.payment, note: { deep: [NUL] } } }, 'payment'],
    ['a payment of 20 kB', { ...order, payment: { ...order.payment, note: 'x'.repeat(20_000) } }, 'payment'],
    ['a long referral', { ...order, referralCode: 'x'.repeat(1000) }, 'referralCode'],
  ])('%s', async (_, body, field) => {
    const before = await counts();
    const response = await world.larder.post('/api/machines/M1/open', body as object);
    expect(response.status).toBe(400);
    const { error } = response.body as ErrorBody;
    expect(error.details.code).toBe('invalid_request');
    expect(error.details.errors?.map((fault) => fault.field)).toContain(field);
    expect(error.message).toContain(field);
    expect(await counts()).toEqual(before);
  });

  it('names every wrong field at once', async () => {
    const response = await world.larder.post('/api/machines/M1/open', {
      user: { id: '', email: '' },
      payment: { amount: 'x' },
    });
    const fields = (response.body as ErrorBody).error.details.errors?.map((fault) => fault.field);
    expect(fields).toEqual(
      expect.arrayContaining(['user.id', 'user.email', 'payment.provider', 'payment.amount', 'payment.currency']),
    );
  });

  it.each([
    ['no JSON', '{"user":', 400, 'invalid_request'],
    ['1 MB', JSON.stringify({ note: 'x'.repeat(1_000_000) }), 413, 'payload_too_large'],
  ])('%s', async (_, text, status, code) => {
    const response = await world.larder
      .post('/api/machines/M1/open', {})
      .set('Content-Type', 'application/json')
      .send(text);
    expect([response.status, (response.body as ErrorBody).error.details.code]).toEqual([status, code]);
  });
});

it('stores SQL and HTML as the text that it is', async () => {
  const id = `'; drop table transactions; -- <script>alert(1)</script>`;
  const response = await world.larder.post('/api/machines/M1/open', {
    ...orderOf('unused'),
    user: { id, email: 'robert@example.com' },
    referralCode: '<img src=x onerror=alert(1)>',
  });
  expect(response.status).toBe(200);
  world.simulator.customer('M1').close();
  expect(await world.purchase((response.body as { id: string }).id)).toMatchObject({
    customerId: id,
    referralCode: '<img src=x onerror=alert(1)>',
  });
});

describe('an address or a query that makes no sense', () => {
  it.each([
    ['/api/transactions/none', 404],
    ['/api/transactions/%00', 404],
    [`/api/transactions/${'x'.repeat(5000)}`, 404],
    ['/api/transactions/1%27%20or%201=1', 404],
    ['/api/transactions/none/events', 404],
    ['/api/transactions/none/stream', 404],
    ['/api/machines/%00/status', 400],
    ['/api/machines/M1/status?customerId=%00', 400],
    ['/api/machines/M1/status?customerId[$ne]=1', 400],
    ['/api/transactions/search?state=stolen', 400],
    ['/api/transactions/search?page=0', 400],
    ['/api/transactions/search?page=99999999999999999999', 400],
    ['/api/transactions/search?pageSize=100000', 400],
    ['/api/transactions/search?from=yesterday', 400],
    ['/api/transactions/search?from=2026-02-31', 400],
    ['/api/transactions/search?sort=password', 400],
    ['/api/transactions/search?sort=createdAt;drop', 400],
    ['/api/transactions/search?user[]=a&user[]=b', 400],
    ['/api/transactions/search?usr=misspelt', 400],
    ['/api/transactions/search?filters[user][password][$startsWith]=a', 400],
    ['/api/machines?filters[transactions][user][password][$startsWith]=a', 400],
    ['/api/machines?latitude=banana&longitude=1', 400],
    ['/api/machines?radiusKm=1e400&latitude=1&longitude=1', 400],
    ['/api/products?filters[lines][transaction][user][email]=a', 400],
    ['/api/products?filters[id]=99999999999999', 400],
    ['/api/products?filters[id]=1e400', 400],
    ['/api/products?filters[name]=%00', 400],
    ['/api/products?filters[createdAt]=banana', 400],
    ['/api/products?sort=password', 400],
    ['/api/products?filters[unitAmount]=99999999999', 400],
  ])('%s is %i', async (path, status) => {
    const response = await world.larder.get(path);
    expect(response.status).toBe(status);
    expect((response.body as ErrorBody).error.details.code).toEqual(expect.any(String));
  });

  it('gives nobody a user through a relation', async () => {
    const response = await world.larder.get('/api/products?populate[lines][populate][transaction]=true&populate=*');
    expect(response.text).not.toMatch(/@|password|customerId/);
  });
});

describe('somebody who may not', () => {
  it.each([
    ['no token', undefined, 403],
    ['a wrong token', 'not-a-token-of-ours-at-all', 401],
    ['a wrong JWT', 'eyJhbGciOiJIUzI1NiJ9.eyJpZCI6MX0.c2lnbmF0dXJl', 401],
  ])('%s', async (_, token, status) => {
    for (const path of ['/api/transactions/search', '/api/transactions/some-id', '/api/machines']) {
      const get = world.larder.get(path, token ?? '');
      const response = await (token === undefined ? get.unset('Authorization') : get);
      expect([path, response.status]).toEqual([path, status]);
    }
  });

  it('is told 403 where the scope is missing, and cannot write', async () => {
    for (const path of ['/api/users', '/api/users/1', '/api/upload/files', '/api/users-permissions/roles']) {
      expect([path, (await world.larder.get(path)).status]).toEqual([path, 403]);
    }
    for (const path of ['/api/machines', '/api/products', '/api/transactions', '/api/events']) {
      expect([403, 404, 405]).toContain((await world.larder.post(path, { data: { label: 'x' } })).status);
    }
  });

  it('cannot change another user by being logged in', async () => {
    const response = await world.larder.get('/api/users/me', customer.jwt);
    expect(response.status).toBe(200);
    const put = world.larder.post(`/api/users/${customer.userId}`, { email: 'x@example.com' }, customer.jwt);
    expect([403, 404, 405]).toContain((await put).status);
  });
});

describe('idempotency keys', () => {
  it('are the same purchase when repeated, a conflict when reused, and checked', async () => {
    const body = orderOf('keyed');
    const post = (with_: object, key: string) =>
      world.larder.post('/api/machines/M2/open', with_).set('Idempotency-Key', key);
    const before = world.simulator.machine('M2').doorCommands;
    const [first, second] = await Promise.all([post(body, 'key-1'), post(body, 'key-1')]);
    expect([first.status, second.status]).toEqual([200, 200]);
    expect(first.body).toEqual(second.body);
    world.simulator.customer('M2').close();
    await world.until((first.body as { id: string }).id, 'empty');
    const third = await post(body, 'key-1');
    expect(third.body).toMatchObject({ id: (first.body as { id: string }).id, state: 'empty' });
    expect(world.simulator.machine('M2').doorCommands).toBe(before + 1);

    const other = await post({ ...body, payment: { ...body.payment, amount: 1 } }, 'key-1');
    expect([other.status, (other.body as ErrorBody).error.details.code]).toEqual([409, 'idempotency_conflict']);
    const long = await post(body, 'x'.repeat(300));
    expect((long.body as ErrorBody).error.details.errors?.[0]?.field).toBe('Idempotency-Key');
  });
});

it('stands 10,000 requests a minute from one caller', async () => {
  const ask = (n: number) =>
    new Promise<number>((resolve, reject) => {
      const path = n % 2 === 0 ? '/api/transactions/none' : `/api/transactions/search?user=${n}`;
      const headers = { Authorization: 'Bearer front-end-token-for-tests' };
      request(`${world.larder.url}${path}`, { headers }, (response) => {
        response.resume();
        response.on('end', () => resolve(response.statusCode ?? 0));
      })
        .on('error', reject)
        .end();
    });
  const statuses = new Map<number, number>();
  for (let n = 0; n < 1000; n += 25) {
    for (const status of await Promise.all(Array.from({ length: 25 }, (_, k) => ask(n + k)))) {
      statuses.set(status, (statuses.get(status) ?? 0) + 1);
    }
  }
  expect(Object.fromEntries(statuses)).toEqual({ 200: 500, 404: 500 });
});
