import { z } from 'zod';
import { isStorable, optionalText, parse, storableText } from './parse';

const NUL = '\u0000';
const HIGH = '\ud83c';
const LOW = '\udf4e';

test('a fault names its field as the caller wrote it', () => {
  const schema = z.object({
    payment: z.object({ amount: z.number() }),
    lines: z.array(z.object({ sku: storableText(5) })),
  });
  const parsed = parse(schema, { payment: { amount: '1' }, lines: [{ sku: 'A' }, { sku: '' }] });
  expect(parsed).toMatchObject({ ok: false, faults: [{ field: 'payment.amount' }, { field: 'lines.1.sku' }] });
  expect(parse(schema, 'nonsense')).toMatchObject({ ok: false, faults: [{ field: 'body' }] });
  expect(parse(z.object({ n: z.number() }), { n: 1 })).toEqual({ ok: true, value: { n: 1 } });
});

test('what nobody knows is named where it stands', () => {
  const schema = z.strictObject({ page: z.number().optional(), payment: z.strictObject({}).optional() });
  const long = 'x'.repeat(500);
  expect(parse(schema, { pages: 1, [long]: 2, payment: { amounts: 3 } })).toEqual({
    ok: false,
    faults: [
      { field: 'payment.amounts', message: 'is not known' },
      { field: 'pages', message: 'is not known' },
      { field: 'x'.repeat(120), message: 'is not known' },
    ],
  });
  const many = Object.fromEntries(Array.from({ length: 500 }, (_, n) => [`key${n}`, n]));
  expect(parse(schema, many)).toMatchObject({ faults: { length: 100 } });
});

test('what is absent is said to be needed', () => {
  const schema = z.object({ user: z.object({ id: storableText(5) }), list: z.array(z.string()) });
  expect(parse(schema, { list: 'a' })).toMatchObject({
    faults: [
      { field: 'user', message: 'is needed' },
      { field: 'list', message: 'Invalid input: expected array, received string' },
    ],
  });
  expect(parse(schema, undefined)).toMatchObject({ faults: [{ field: 'body', message: 'is needed' }] });
});

test.each([
  [{}, undefined],
  [{ code: '' }, null],
  [{ code: '  ' }, null],
  [{ code: null }, null],
  [{ code: ' a ' }, 'a'],
])('optional text: %p', (given, code) => {
  expect(parse(z.strictObject({ code: optionalText(5) }), given)).toEqual({ ok: true, value: { code } });
});

test('optional text is text', () => {
  const schema = z.strictObject({ code: optionalText(5) });
  expect(parse(schema, { code: 5 })).toEqual({ ok: false, faults: [{ field: 'code', message: 'must be a text' }] });
  expect(parse(schema, { code: '123456' })).toMatchObject({ ok: false, faults: [{ field: 'code' }] });
});

describe('storable text', () => {
  const text = (value: unknown) => parse(storableText(5), value);

  test.each([
    ['a', 'a'],
    ['  a  ', 'a'],
    ['12345', '12345'],
    [' 12345 ', '12345'],
    [HIGH + LOW, '🍎'],
    ["';--", "';--"],
  ])('%p is taken', (given, value) => {
    expect(text(given)).toEqual({ ok: true, value });
  });

  test.each([
    ['', 'must not be empty'],
    ['   ', 'must not be empty'],
    ['123456', 'must have at most 5 characters'],
    [`a${NUL}b`, 'must not contain NUL or broken characters'],
    [HIGH, 'must not contain NUL or broken characters'],
    [LOW + HIGH, 'must not contain NUL or broken characters'],
    [5, 'must be a text'],
    [null, 'must be a text'],
    [undefined, 'must be a text'],
    [['a'], 'must be a text'],
  ])('%p is not: it %s', (given, message) => {
    expect(text(given)).toEqual({ ok: false, faults: [{ field: 'body', message }] });
  });
});

test.each([
  [{ a: ['b', { c: 'd' }], n: 1, nothing: null, yes: true }, true],
  [{ a: ['b', { c: NUL }] }, false],
  [{ a: { [`k${NUL}`]: 1 } }, false],
  [[HIGH], false],
  [{ apple: HIGH + LOW }, true],
  [undefined, true],
])('whether %p can be stored: %p', (value, storable) => {
  expect(isStorable(value)).toBe(storable);
});
