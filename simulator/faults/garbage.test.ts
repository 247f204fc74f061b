import { NAMES, type Heard } from '../testing/client';
import { stage } from '../testing/stage';
import { MANGLED } from './garbage-mangled';
import { RUBBISH } from './garbage-rubbish';

type Kind = (typeof RUBBISH)[number] | (typeof MANGLED)[number];

/** The frame of that kind that comes beside an honest basket of one salad. */
async function beside(kind: Kind): Promise<Heard> {
  const { simulator, client } = await stage({ faults: [{ name: 'garbage', kind, at: 'taken', bytes: 300_000 }] });
  await client.open('M1');
  simulator.customer('M1').take('1001');
  const honest = await client.next();
  expect(honest.json.list).toHaveLength(1);
  const senseless = await client.next();
  simulator.customer('M1').close();
  await client.next(NAMES.completed);
  return senseless;
}

const fits: Record<Kind, (heard: Heard) => unknown> = {
  'not-json': ({ raw }) => expect(() => JSON.parse(raw)).toThrow(SyntaxError),
  empty: ({ raw }) => expect(raw).toBe(''),
  array: ({ raw }) => expect(JSON.parse(raw)).toBeInstanceOf(Array),
  null: ({ raw }) => expect(raw).toBe('null'),
  binary: ({ binary }) => expect(binary).toBe(true),
  huge: ({ raw }) => expect(Math.abs(raw.length - 300_000)).toBeLessThan(100),
  deep: ({ raw }) => expect(raw).toContain('['.repeat(100_000)),
  'unknown-command': ({ name }) => expect(name).toBe('smart_fridge_defrosted'),
  prototype: ({ raw }) => expect(raw).toContain('__proto__'),
  'empty-array': ({ json, status }) => expect([json, status]).toEqual([[], 1]),
  'missing-data': ({ json }) => expect(Object.keys(json)).toEqual(['code', 'message']),
  'missing-list': ({ json }) => expect(Object.keys(json)).toEqual(['code', 'message']),
  'null-list': ({ json }) => expect(json.list).toBeNull(),
  'comma-price': ({ json }) => expect(json.list?.[0]?.unit_price).toBe('1,60'),
  'negative-price': ({ json }) => expect(json.list?.[0]?.unit_price).toBe('-1'),
  'nan-price': ({ json }) => expect(json.list?.[0]?.unit_price).toBe('NaN'),
  'number-price': ({ json }) => expect(json.list?.[0]?.unit_price).toBe(1.6),
  'nul-name': ({ json }) => expect(json.list?.[0]?.name).toContain('\u0000'),
};

test.each([...RUBBISH, ...MANGLED])('%s', async (kind) => {
  fits[kind](await beside(kind));
});

test('huge is ten megabytes where nobody says otherwise', async () => {
  const { client } = await stage({ faults: [{ name: 'garbage', kind: 'huge', at: 'check-result', instead: true }] });
  client.send('check', 'M1');
  expect(Math.abs((await client.next()).raw.length - 10_485_760)).toBeLessThan(100);
});

test('it may come before the honest frame, or instead of it', async () => {
  const { simulator, client } = await stage({
    faults: [{ name: 'garbage', kind: 'array', at: 'closed', when: 'before' }],
  });
  await client.open('M1');
  simulator.setFaults([
    { name: 'garbage', kind: 'array', at: 'closed', when: 'before' },
    { name: 'garbage', kind: 'comma-price', at: 'completed', instead: true },
  ]);
  simulator.customer('M1').take('1001');
  simulator.customer('M1').close();
  const last = await client.next(NAMES.completed);
  expect(client.names().slice(2)).toEqual([NAMES.taken, undefined, NAMES.closed, NAMES.completed]);
  expect(last.raw).toContain('"unit_price":"1,60"');
});
