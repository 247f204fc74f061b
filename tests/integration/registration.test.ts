/** A customer whom the front end made becomes one who can log in: through their mailbox, and no other way. */
import supertest from 'supertest';
import { startWorld, type World } from '../support/world';

let world: World;
beforeAll(async () => {
  world = await startWorld({ machines: 1 });
});
afterAll(() => world.stop());

const post = (path: string, body: object) => supertest(world.larder.url).post(path).send(body);

it('is not taken over by whoever registers with the same e-mail', async () => {
  await world.opened('M1', 'lobby-customer');
  world.simulator.customer('M1').close();
  const response = await post('/api/auth/local/register', {
    username: 'impostor',
    email: 'lobby-customer@example.com',
    password: 'Secret-password-1',
  });
  expect(response.status).toBe(400);
  const [user] = await world.database.sql.rows(
    `select username, password from up_users where customer_id = 'lobby-customer'`,
  );
  expect(user).toEqual({ username: 'customer:lobby-customer', password: null });
});

it('sets a password through the mailbox, logs in, and finds the purchases of before', async () => {
  // No mail leaves this machine; the link's code is in the row whatever became of the mail.
  await post('/api/auth/forgot-password', { email: 'lobby-customer@example.com' });
  const [row] = await world.database.sql.rows<{ code: string }>(
    `select reset_password_token as code from up_users where customer_id = 'lobby-customer'`,
  );
  const password = 'A-new-password-1';
  const reset = await post('/api/auth/reset-password', { code: row?.code, password, passwordConfirmation: password });
  expect(reset.status).toBe(200);
  const login = await post('/api/auth/local', { identifier: 'lobby-customer@example.com', password });
  const { jwt } = login.body as { jwt: string };
  const mine = await world.larder.get('/api/transactions/search', jwt);
  expect(mine.body).toMatchObject({ data: [{ customerId: 'lobby-customer' }], meta: { total: 1 } });
});
