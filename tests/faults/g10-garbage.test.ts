/** G10: frames that are no frames, or nearly. Each is stored, cut where it is long, and counted; the purchase survives. */
import type { FaultSpec } from '../../simulator';
import { alertsTold, buy, causesTold, doorCommands, framesKept, gatewayCount, untilQuiet } from '../support/evidence';
import { eventually } from '../support/eventually';
import { completedFrame } from '../support/frames';
import { breaches } from '../support/invariants';
import { startWorld, type World } from '../support/world';

type Garbage = Extract<FaultSpec, { name: 'garbage' }>;
type Kind = NonNullable<Garbage['kind']>;

let world: World;
beforeAll(async () => {
  world = await startWorld({ machines: 40, env: { COMPLETION_DEADLINE_S: '3' } });
});
afterAll(() => world.stop());
afterEach(() => world.simulator.clearFaults());

const garbage = (machine: string, rest: Omit<Garbage, 'name' | 'machine'>): FaultSpec => ({
  name: 'garbage',
  machine,
  ...rest,
});

/** What each kind is stored as, and which counter tells of it. */
const NOISE: [Kind, string, 'malformed' | 'oversized'][] = [
  ['not-json', 'malformed', 'malformed'],
  ['empty', 'malformed', 'malformed'],
  ['array', 'malformed', 'malformed'],
  ['null', 'malformed', 'malformed'],
  ['binary', 'binary', 'malformed'],
  ['huge', 'oversized', 'oversized'],
  ['deep', 'too_deep', 'malformed'],
  ['unknown-command', 'unknown_command', 'malformed'],
  ['prototype', 'unknown_command', 'malformed'],
  ['empty-array', 'malformed', 'malformed'],
  ['missing-data', 'malformed', 'malformed'],
  ['missing-list', 'malformed', 'malformed'],
  ['null-list', 'malformed', 'malformed'],
];

it.each(NOISE.map((each, n) => [`M${n + 1}`, ...each] as const))(
  '%s: %s is stored as %s',
  async (machine, kind, outcome, counter) => {
    const before = await gatewayCount(world, counter);
    world.simulator.setFaults([
      garbage(machine, { kind, at: 'taken', when: 'before', times: 1 }),
      garbage(machine, { kind, at: 'completed', when: 'before', times: 1 }),
    ]);
    const id = await world.opened(machine);
    buy(world, machine, '1001', '1002');
    expect(await world.until(id, 'completed', 30_000)).toMatchObject({ totalAmount: 1440 });

    const stored = (await world.history(id)).filter((event) => event.outcome === outcome);
    expect(stored).toHaveLength(2);
    for (const event of stored) expect(JSON.stringify(event.data ?? null).length).toBeLessThan(10_000);
    expect(await gatewayCount(world, counter)).toBe(before + 2);
    expect((await framesKept(world, machine)).kept).toBe(world.simulator.sent(machine).length);
    expect(await causesTold(world, id)).toEqual([]);
  },
);

const PRICES_AMISS: Kind[] = ['comma-price', 'negative-price', 'nan-price'];

it.each(PRICES_AMISS.map((kind, n) => [`M${n + 15}`, kind] as const))(
  '%s: %s: ours is charged, and somebody told',
  async (machine, kind) => {
    world.simulator.setFaults([garbage(machine, { kind, at: 'completed', instead: true })]);
    const id = await world.opened(machine);
    buy(world, machine, '1001', '1001');
    const purchase = await world.until(id, 'completed');
    expect(purchase.products).toMatchObject([{ sku: '1001', quantity: 2, unitAmount: 650, amount: 1300 }]);
    expect(await alertsTold(world, id)).toMatchObject([{ cause: 'catalogue_mismatch', severity: 'warning' }]);
  },
);

it('M18: a price that is a number is read as one; a NUL in a name is left out', async () => {
  world.simulator.setFaults([
    garbage('M18', { kind: 'number-price', at: 'completed', instead: true }),
    garbage('M18', { kind: 'nul-name', at: 'taken', instead: true }),
  ]);
  const id = await world.opened('M18');
  world.simulator.customer('M18').take('1007');
  await eventually(async () => expect((await world.purchase(id)).products).toMatchObject([{ sku: '1007' }]));
  world.simulator.customer('M18').close();
  expect(await world.until(id, 'completed')).toMatchObject({ totalAmount: 160 });
  const taken = (await world.history(id)).filter(({ name }) => name === 'smart_fridge_product_taken');
  expect(JSON.stringify(taken)).toContain('Yoghurt');
  expect(await causesTold(world, id)).toEqual([]);
});

describe('in place of a frame that was needed', () => {
  it.each([
    ['M20', 'not-json'],
    ['M21', 'empty-array'],
    ['M22', 'huge'],
  ] as const)('%s: %s for the answer to the request: no door, `expired`', async (machine, kind) => {
    world.simulator.setFaults([garbage(machine, { kind, at: 'begun', instead: true })]);
    const { body } = await world.open(machine);
    await world.until(body.id, 'expired');
    expect(doorCommands(world, machine)).toBe(0);
  });

  it.each([
    ['M23', 'deep'],
    ['M24', 'null'],
  ] as const)('%s: %s for the door’s result: the lists tell that it is open', async (machine, kind) => {
    world.simulator.setFaults([garbage(machine, { kind, at: 'door-result', instead: true })]);
    const { body } = await world.open(machine);
    world.simulator.customer(machine).take('1006');
    await world.until(body.id, 'open');
    world.simulator.customer(machine).close();
    expect(await world.until(body.id, 'completed')).toMatchObject({ totalAmount: 290 });
  });

  it.each([
    ['M25', 'not-json'],
    ['M26', 'missing-list'],
    ['M27', 'missing-data'],
    ['M28', 'binary'],
  ] as const)('%s: %s for the completion: a person decides', async (machine, kind) => {
    world.simulator.setFaults([garbage(machine, { kind, at: 'completed', instead: true })]);
    const id = await world.opened(machine);
    buy(world, machine, '1003');
    const purchase = await world.until(id, 'review');
    expect(purchase.products).toMatchObject([{ sku: '1003', amount: 750 }]);
    expect(await causesTold(world, id)).toEqual(['purchase_review']);
  });

  it('M29: nonsense for the answer to a check is no answer', async () => {
    world.simulator.setFaults([garbage('M29', { kind: 'array', at: 'check-result', instead: true })]);
    expect((await world.larder.get('/api/machines/M29/status')).status).toBe(503);
    world.simulator.clearFaults();
    expect((await world.larder.get('/api/machines/M29/status')).status).toBe(200);
  });
});

it('M30: a total beyond any real basket goes to a person', async () => {
  await world.database.sql.rows(`
    insert into products (document_id, sku, name, unit_amount, currency, active, created_at, updated_at, published_at)
    values ('dear', 'DEAR', 'A gold bar', 2000000000, 'EUR', true, now(), now(), now())`);
  const id = await world.opened('M30');
  world.simulator.inject(JSON.stringify(completedFrame('t', 'DEAR', 'DEAR')), { machine: 'M30' });
  expect(await world.until(id, 'review')).toMatchObject({ totalAmount: null });
});

it('M32: a cloud that sends our token back finds it in no event and no log', async () => {
  const id = await world.opened('M32');
  const token = 'vendron-token-for-tests';
  const echoes = [
    `{"command":"smart_fridge_${token}"}`,
    `{"${token}"`,
    `{"command":"x","ref":"${token}","deep":["${token}"]}`,
  ];
  for (const raw of [...echoes, Buffer.from(token)]) world.simulator.inject(raw, { machine: 'M32' });
  buy(world, 'M32', '1001');
  await world.until(id, 'completed');
  const noise = (await world.history(id)).filter(({ kind }) => kind === 'orphan');
  expect(noise).toHaveLength(4);
  expect(JSON.stringify(noise)).toContain('[token]');
  expect(JSON.stringify(noise) + world.larder.log()).not.toContain(token);
  // As base64, where it was binary.
  expect(JSON.stringify(noise)).not.toContain(Buffer.from(token).toString('base64').slice(0, 20));
});

it('M33: a frame beyond 16 MiB is not read: it costs the line, and the purchase goes on on another', async () => {
  const id = await world.opened('M33');
  const before = await gatewayCount(world, 'reconnects');
  world.simulator.inject(`"${'x'.repeat(17 * 1024 * 1024)}"`, { machine: 'M33' });
  await eventually(async () => expect(await gatewayCount(world, 'reconnects')).toBeGreaterThan(before));
  // Seen on its new line, by its check of the machine.
  const checks = world.simulator.commands('M33').length;
  await eventually(() => expect(world.simulator.commands('M33').length).toBeGreaterThan(checks));
  buy(world, 'M33', '1001');
  expect(await world.until(id, 'completed')).toMatchObject({ totalAmount: 650 });
  expect(doorCommands(world, 'M33')).toBe(1);
  expect(JSON.stringify(await world.history(id)).length).toBeLessThan(100_000);
  expect((await world.larder.get('/ready')).status).toBe(200);
});

it('M31: noise of every kind on lines that serve nobody is kept as orphans, and Larder lives on', async () => {
  const noise = [
    '{',
    '[]',
    'null',
    '"text"',
    '1e999',
    '{"command":1}',
    `{"command":"${'x'.repeat(5000)}"}`,
    Buffer.alloc(64),
  ];
  const count = async () => Number((await world.database.sql.rows<{ n: string }>(ORPHANS))[0]?.n);
  await untilQuiet(world);
  const before = await count();
  let sent = 0;
  for (const raw of noise) sent += world.simulator.inject(raw, 'idle');
  expect(sent).toBeGreaterThanOrEqual(noise.length);
  await eventually(async () => expect(await count()).toBe(before + sent));
  const id = await world.opened('M31');
  buy(world, 'M31', '1001');
  await world.until(id, 'completed');
  expect(await breaches(world.database.sql, world.simulator)).toEqual([]);
});

const ORPHANS = `select count(*) as n from events where kind = 'orphan' and document_id not in
  (select e.document_id from events e join events_transaction_lnk l on l.event_id = e.id)`;
