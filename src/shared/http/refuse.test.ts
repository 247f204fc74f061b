import { callerOf, visibleUserId } from './caller';
import { refuse, refuseFields } from './refuse';

const ctx = () => ({ status: 0, body: undefined as unknown });

test('a refusal has Strapi’s shape and a code that stays', () => {
  const answer = ctx();
  refuse(answer, 409, 'machine_busy', 'Somebody else is using this machine.', { id: 'x' });
  expect(answer).toEqual({
    status: 409,
    body: {
      data: null,
      error: {
        status: 409,
        name: 'ConflictError',
        message: 'Somebody else is using this machine.',
        details: { code: 'machine_busy', id: 'x' },
      },
    },
  });
});

test('a request that is not valid names each field', () => {
  const answer = ctx();
  refuseFields(answer, [
    { field: 'user.id', message: 'must be a text' },
    { field: 'payment.amount', message: 'must be at least 1' },
  ]);
  expect(answer.status).toBe(400);
  expect(answer.body).toMatchObject({
    error: {
      name: 'ValidationError',
      message: expect.stringContaining('payment.amount: must be at least 1'),
      details: { code: 'invalid_request', errors: [{ field: 'user.id' }, { field: 'payment.amount' }] },
    },
  });
});

describe('who calls', () => {
  const token = { auth: { strategy: { name: 'content-api-token' }, credentials: { id: 3 } } };

  test('a front end sees everybody’s purchases, a customer their own, anybody else none', () => {
    expect(callerOf(token)).toEqual({ kind: 'front_end', name: 'token:3' });
    expect(visibleUserId(callerOf(token))).toBeNull();
    const customer = callerOf({
      auth: { strategy: { name: 'users-permissions' } },
      user: { id: 5, customerId: 'c-5' },
    });
    expect(customer).toEqual({ kind: 'customer', name: 'user:5', userId: 5, customerId: 'c-5' });
    expect(visibleUserId(customer)).toBe(5);
    expect(visibleUserId(callerOf({}))).toBe(0);
  });

  test('two tokens, and a token and a user, have keys of their own', () => {
    const names = [token, { ...token, auth: { ...token.auth, credentials: { id: 4 } } }, { user: { id: 3 } }, {}];
    expect(new Set(names.map((state) => callerOf(state).name)).size).toBe(4);
  });
});
