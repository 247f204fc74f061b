/** G9: the `ref` is unknown, null, foreign or of a finished purchase. Nobody gets another's frames; strays are orphans. */
import { buy, causesTold, commandsAt, doorCommands, orphans, untilQuiet, words } from '../support/evidence';
import { eventually } from '../support/eventually';
import { begunFrame, closedFrame, completedFrame, completedFrameOf, takenFrame } from '../support/frames';
import { breaches } from '../support/invariants';
import { PRICES, startWorld, type World } from '../support/world';

const CROWD = Array.from({ length: 50 }, (_, n) => `M${n + 1}`);
const SKUS = Object.keys(PRICES);
let world: World;
beforeAll(async () => {
  world = await startWorld({ machines: 64 });
});
afterAll(() => world.stop());
afterEach(() => world.simulator.clearFaults());

/** A basket that tells its machine apart from its neighbours. */
function basketOf(n: number): string[] {
  const first = SKUS[n % SKUS.length] ?? '';
  const second = SKUS[Math.floor(n / SKUS.length) % SKUS.length] ?? '';
  return [first, second, ...Array.from({ length: n % 3 }, () => first)];
}

const total = (skus: readonly string[]) => skus.reduce((sum, sku) => sum + (PRICES[sku] ?? 0), 0);

it.each(['other', 'timestamp'] as const)(
  'fifty at once, every ref wrong (%s): each ends with its own products',
  async (mode) => {
    world.simulator.setFaults([{ name: 'wrong-ref', mode }]);
    const ids = await Promise.all(CROWD.map((machine) => world.opened(machine, `${mode}-${machine}`)));
    // One product each in turn, so that the lists of all of them mingle.
    for (let turn = 0; turn < 4; turn += 1) {
      CROWD.forEach((machine, n) => {
        const sku = basketOf(n)[turn];
        if (sku !== undefined) world.simulator.customer(machine).take(sku);
      });
    }
    CROWD.forEach((machine) => world.simulator.customer(machine).close());
    const purchases = await Promise.all(ids.map((id) => world.until(id, 'completed', 30_000)));
    purchases.forEach((purchase, n) => {
      const sold = purchase.products.flatMap(({ sku, quantity }) => Array.from({ length: quantity }, () => sku));
      expect(sold.sort()).toEqual(basketOf(n).sort());
      expect(purchase.totalAmount).toBe(total(basketOf(n)));
    });
    expect(await orphans(world)).toEqual([]);
  },
);

it.each([
  ['M51', 'null'],
  ['M52', 'missing'],
  ['M53', 'number'],
  ['M54', 'finished'],
] as const)('%s: every ref is %s', async (machine, mode) => {
  world.simulator.setFaults([{ name: 'wrong-ref', mode, machine }]);
  expect((await world.larder.get(`/api/machines/${machine}/status`)).body).toMatchObject({ available: true });
  const id = await world.opened(machine);
  buy(world, machine, '1001', '1008');
  expect(await world.until(id, 'completed')).toMatchObject({ totalAmount: 890 });
});

describe('frames on lines that serve nobody', () => {
  const injectIdle = (frame: object) =>
    expect(world.simulator.inject(JSON.stringify(frame), 'idle')).toBeGreaterThan(0);
  beforeEach(() => untilQuiet(world));

  it.each([
    ['unknown', 't-unknown'],
    ['null', null],
    ['a number', 1649839656],
    ['a machine', 'M55'],
  ])('a ref that is %s: an orphan of nobody', async (_what, ref) => {
    const before = (await orphans(world)).length;
    const lines = world.simulator.inject(JSON.stringify(completedFrame(ref, '1001')), 'idle');
    expect(lines).toBeGreaterThan(0);
    await eventually(async () => expect(await orphans(world)).toHaveLength(before + lines));
    const strays = (await orphans(world)).slice(before);
    for (const stray of strays)
      expect(stray).toMatchObject({ name: 'smart_fridge_request_completed', transaction: null });
  });

  it('a live purchase that hears its machine on a line of its own is not moved by its ref elsewhere', async () => {
    const id = await world.opened('M55');
    const { ref } = await world.purchase(id);
    injectIdle(takenFrame(ref, '1004'));
    injectIdle(completedFrame(ref, '1004'));
    await eventually(async () => {
      const strays = (await orphans(world)).filter(({ transaction }) => transaction === id);
      expect(words(strays).sort()).toEqual(
        ['smart_fridge_product_taken success', 'smart_fridge_request_completed success'].sort(),
      );
    });
    expect(await world.purchase(id)).toMatchObject({ state: 'open', products: [], totalAmount: null });
    buy(world, 'M55', '1007');
    expect(await world.until(id, 'completed')).toMatchObject({ totalAmount: 160 });
  });

  it('a finished purchase is not changed, and its history says what came', async () => {
    const id = await world.opened('M56');
    buy(world, 'M56', '1001');
    const ended = await world.until(id, 'completed');
    for (const frame of [takenFrame(ended.ref, '1004'), closedFrame(ended.ref), completedFrame(ended.ref, '1004')]) {
      injectIdle(frame);
    }
    await eventually(async () => {
      const late = (await world.history(id)).filter(({ kind }) => kind === 'orphan');
      expect(new Set(words(late))).toEqual(
        new Set([
          'smart_fridge_product_taken late',
          'smart_fridge_door_close_success late',
          'smart_fridge_request_completed late',
        ]),
      );
    });
    expect(await world.purchase(id)).toEqual(ended);
    expect(await causesTold(world, id)).toEqual([]);
  });
});

it('a frame that names the session of another purchase is not taken for one of the line it comes on', async () => {
  const [own, other] = [await world.opened('M57'), await world.opened('M58')];
  const session = world.simulator.machine('M58').session ?? '';
  world.simulator.inject(JSON.stringify(begunFrame('t', session)), { machine: 'M57' });
  world.simulator.inject(JSON.stringify(completedFrameOf(session, 't', '1004')), { machine: 'M57' });
  await eventually(async () => {
    const strays = (await world.history(other)).filter(({ kind }) => kind === 'orphan');
    expect(strays.map(({ name }) => name).sort()).toEqual([
      'smart_fridge_request_begun',
      'smart_fridge_request_completed',
    ]);
  });
  for (const id of [own, other]) expect(await world.purchase(id)).toMatchObject({ state: 'open', totalAmount: null });
  buy(world, 'M57', '1001');
  buy(world, 'M58', '1002');
  expect(await world.until(own, 'completed')).toMatchObject({ totalAmount: 650 });
  expect(await world.until(other, 'completed')).toMatchObject({ totalAmount: 790 });
});

it('a purchase that lost sight of its machine hears itself on whatever line the cloud chooses', async () => {
  const id = await world.opened('M59');
  const { ref } = await world.purchase(id);
  world.simulator.cut('terminate', 'M59');
  await eventually(() => expect(commandsAt(world, 'M59', 'check_machine_state')).toBeGreaterThan(0));
  await untilQuiet(world);
  expect(world.simulator.inject(JSON.stringify(completedFrame(ref, '1005')), 'idle')).toBeGreaterThan(0);
  expect(await world.until(id, 'completed')).toMatchObject({ totalAmount: 480 });
  expect(doorCommands(world, 'M59')).toBe(1);
});

it('broke no promise', async () => {
  expect(await breaches(world.database.sql, world.simulator)).toEqual([]);
});
