import { createHmac } from 'node:crypto';
import type { Notifications, Sql } from './sql';
import { createTokenCheck } from './tokens';

const SALT = 'salt';
const ACTION = 'api::transaction.transaction.findOne';
const TOKEN = 'a-token-of-the-front-end';

/** Tokens in a table of two columns, and whoever wants to hear that it changed. */
function setUp(scopes: Record<string, string[]>) {
  const asked: string[] = [];
  let tell = () => undefined as void;
  let meanwhile: (() => void) | undefined;
  const hashed = new Map(
    Object.entries(scopes).map(([token, actions]) => [createHmac('sha512', SALT).update(token).digest('hex'), actions]),
  );
  const sql: Sql = {
    rows: async (_statement, values = []) => {
      asked.push(String(values[0]));
      const found = hashed.get(String(values[0]));
      meanwhile?.();
      return (found ? [{ id: 3, scopes: found }] : []) as never[];
    },
  };
  const notifications: Notifications = {
    subscribe: (_channel, onNotify) => {
      tell = () => onNotify('');
      return () => undefined;
    },
    start: () => undefined,
    stop: async () => undefined,
  };
  const check = createTokenCheck(sql, notifications, SALT);
  return {
    allows: async (header: string | undefined, action = ACTION) =>
      (await check.find(header))?.scopes.has(action) ?? false,
    find: (header: string) => check.find(header),
    asked,
    hashed,
    tell: () => tell(),
    /** Happens while the next answers are on their way. */
    whileReading: (work: (() => void) | undefined) => (meanwhile = work),
  };
}

afterEach(() => void jest.useRealTimers());

test('a token with the scope is allowed, and asked for once', async () => {
  const { allows, asked } = setUp({ [TOKEN]: [ACTION] });
  expect(await allows(`Bearer ${TOKEN}`)).toBe(true);
  expect(await allows(`bearer ${TOKEN}`)).toBe(true);
  expect(await allows(`Bearer ${TOKEN}`, 'another.action')).toBe(false);
  expect(asked).toHaveLength(1);
  expect(asked[0]).not.toContain(TOKEN);
});

test.each([
  ['none', undefined],
  ['empty', ''],
  ['another scheme', `Basic ${TOKEN}`],
  ['two tokens', `Bearer ${TOKEN} ${TOKEN}`],
  ['too short', 'Bearer short'],
  ['a log-in', 'Bearer eyJhbGciOiJIUzI1NiJ9.eyJpZCI6MX0.abcdefghijklmnop'],
  ['beyond any length', `Bearer ${'x'.repeat(513)}`],
])('%s: not allowed, without asking anybody', async (_what, header) => {
  const { allows, asked } = setUp({ [TOKEN]: [ACTION] });
  expect(await allows(header)).toBe(false);
  expect(asked).toEqual([]);
});

test('an unknown token is asked for each time: one that is made now works now', async () => {
  const { allows, asked, hashed } = setUp({});
  expect(await allows(`Bearer ${TOKEN}`)).toBe(false);
  hashed.set(asked[0] ?? '', [ACTION]);
  expect(await allows(`Bearer ${TOKEN}`)).toBe(true);
});

test('a token that is revoked is forgotten as soon as the database tells, and after seconds where it does not', async () => {
  jest.useFakeTimers({ now: 0 });
  const { allows, asked, tell, hashed } = setUp({ [TOKEN]: [ACTION] });
  expect(await allows(`Bearer ${TOKEN}`)).toBe(true);
  const hash = asked[0] ?? '';
  hashed.delete(hash);
  expect(await allows(`Bearer ${TOKEN}`)).toBe(true);
  tell();
  expect(await allows(`Bearer ${TOKEN}`)).toBe(false);

  hashed.set(hash, [ACTION]);
  expect(await allows(`Bearer ${TOKEN}`)).toBe(true);
  hashed.delete(hash);
  jest.advanceTimersByTime(5001);
  expect(await allows(`Bearer ${TOKEN}`)).toBe(false);
});

test('what was read while tokens were being changed is not kept', async () => {
  const { allows, asked, tell, hashed, whileReading } = setUp({ [TOKEN]: [ACTION] });
  whileReading(tell);
  expect(await allows(`Bearer ${TOKEN}`)).toBe(true);
  whileReading(undefined);
  hashed.delete(asked[0] ?? '');
  expect(await allows(`Bearer ${TOKEN}`)).toBe(false);
});

test('says which token it is', async () => {
  const { find } = setUp({ [TOKEN]: [ACTION] });
  expect(await find(`Bearer ${TOKEN}`)).toEqual({ id: 3, scopes: new Set([ACTION]) });
});
