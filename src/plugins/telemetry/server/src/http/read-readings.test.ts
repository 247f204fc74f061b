import { readBatch } from './read-readings';

const at = '2026-11-21T10:00:00Z';
const batch = (...readings: unknown[]) => readBatch({ readings });

it('reads what is well formed, in hundredths', () => {
  const batchOfTwo = batch(
    { at, temperature: 3.456, humidity: 61.2 },
    { at: '2026-11-21T12:00:00.5+01:00', temperature: -4 },
  );
  expect(batchOfTwo).toMatchObject({
    ok: true,
    value: {
      rejected: [],
      places: [0, 1],
      readings: [
        { at: Date.UTC(2026, 10, 21, 10), temperature: 346, humidity: 6120 },
        { at: Date.UTC(2026, 10, 21, 11, 0, 0, 500), temperature: -400, humidity: null },
      ],
    },
  });
});

it.each<[string, unknown, string, string]>([
  ['null', null, 'reading', 'not_an_object'],
  ['a number', 7, 'reading', 'not_an_object'],
  ['a list', [at, 3], 'reading', 'not_an_object'],
  ['no time', { temperature: 3 }, 'at', 'not_a_time'],
  ['a time without its zone', { at: '2026-11-21T10:00:00', temperature: 3 }, 'at', 'not_a_time'],
  ['a day that is none', { at: '2026-02-31T10:00:00Z', temperature: 3 }, 'at', 'not_a_time'],
  ['a number for a time', { at: 1_795_255_200, temperature: 3 }, 'at', 'not_a_time'],
  ['NUL', { at: `${at}\u0000`, temperature: 3 }, 'at', 'not_a_time'],
  ['a clock that was never set', { at: '1970-01-01T00:00:00Z', temperature: 3 }, 'at', 'too_old'],
  ['the year 0', { at: '0000-01-01T00:00:00Z', temperature: 3 }, 'at', 'too_old'],
  ['the year 9999', { at: '9999-12-31T23:59:59Z', temperature: 3 }, 'at', 'in_future'],
  ['no temperature', { at }, 'temperature', 'not_a_number'],
  ['a text', { at, temperature: '3' }, 'temperature', 'not_a_number'],
  ['85 °C, which a broken DS18B20 says', { at, temperature: 85 }, 'temperature', 'out_of_range'],
  ['-127 °C, which a missing one says', { at, temperature: -127 }, 'temperature', 'out_of_range'],
  ['1e400', { at, temperature: Infinity }, 'temperature', 'out_of_range'],
  ['101 %', { at, temperature: 3, humidity: 101 }, 'humidity', 'out_of_range'],
  ['an object', { at, temperature: 3, humidity: {} }, 'humidity', 'not_a_number'],
])('rejects %s and keeps the rest', (_, bad, field, code) => {
  const read = batch({ at, temperature: 3 }, bad, { at, temperature: 4 });
  expect(read).toMatchObject({ ok: true, value: { places: [0, 2], rejected: [{ index: 1, field, code }] } });
});

it.each([
  ['nothing', undefined],
  ['a text', 'readings'],
  ['no list', { readings: { at } }],
  ['an empty list', { readings: [] }],
  ['1001 of them', { readings: Array.from({ length: 1001 }, () => ({ at, temperature: 3 })) }],
])('refuses a body of %s, naming the field', (_, body) => {
  const read = readBatch(body);
  expect(read.ok ? [] : read.faults.map(({ field }) => field)).toEqual([body === 'readings' ? 'body' : 'readings']);
});
