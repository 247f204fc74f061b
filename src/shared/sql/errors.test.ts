import { DatabaseUnavailable, isHeldUp, isPassing, violatedConstraint } from './errors';

const coded = (code: string, message = 'x') => Object.assign(new Error(message), { code });

test.each([
  ['refused', coded('ECONNREFUSED')],
  ['reset', coded('ECONNRESET')],
  ['connection failure', coded('08006')],
  ['too many connections', coded('53300')],
  ['shutting down', coded('57P01')],
  ['statement time-out', coded('57014')],
  ['deadlock', coded('40P01')],
  ['serialisation', coded('40001')],
  ['lock time-out', coded('55P03')],
  ['no connection in time', new Error('timeout exceeded when trying to connect')],
  ['ended', new Error('Connection terminated unexpectedly')],
  ['no answer', new Error('Query read timeout')],
  ['Strapi’s pool', new Error('Knex: Timeout acquiring a connection. The pool is probably full.')],
  ['starting', new Error('the database system is starting up')],
  ['ours', new DatabaseUnavailable('x')],
  ['one of many', new AggregateError([coded('23505'), coded('ECONNREFUSED')])],
  ['the cause of another', new Error('wrapped', { cause: coded('ECONNRESET') })],
])('%s passes', (_what, error) => {
  expect(isPassing(error)).toBe(true);
});

test.each([
  ['a syntax error', coded('42601')],
  ['a duplicate', coded('23505')],
  ['a wrong value', coded('22P02')],
  ['a locked object in use', coded('55006')],
  ['a plain error', new Error('x')],
  ['nothing but others', new AggregateError([coded('23505')])],
  ['no error', 'ECONNREFUSED'],
  ['nothing', undefined],
])('%s does not', (_what, error) => {
  expect(isPassing(error)).toBe(false);
});

test('the constraint that was violated, of any error that is one', () => {
  const violation = Object.assign(coded('23505'), { constraint: 'up_users_email_unique' });
  expect(violatedConstraint(violation)).toBe('up_users_email_unique');
  expect(violatedConstraint(Object.assign(coded('42601'), { constraint: 'x' }))).toBeUndefined();
  for (const other of [coded('23505'), new Error('x'), null, undefined, 'x']) {
    expect(violatedConstraint(other)).toBeUndefined();
  }
});

test('a database that is away keeps the reason', () => {
  const cause = coded('ECONNREFUSED');
  expect(new DatabaseUnavailable(cause)).toMatchObject({ code: 'database_unavailable', cause });
});

test('a lock or a slow statement holds one up; a database that is away holds up everybody', () => {
  for (const code of ['57014', '55P03', '40P01']) {
    expect(isHeldUp(coded(code))).toBe(true);
    expect(isHeldUp(new DatabaseUnavailable(coded(code)))).toBe(true);
  }
  for (const error of [
    coded('57P01'),
    new DatabaseUnavailable(coded('ECONNREFUSED')),
    new Error('Query read timeout'),
  ]) {
    expect(isHeldUp(error)).toBe(false);
  }
});
