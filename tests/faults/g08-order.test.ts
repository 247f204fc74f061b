/** G8: frames come twice, late, in another order, or not at all. The state goes forward only; everything is recorded. */
import type { FaultSpec } from '../../simulator';
import { causesTold, doorCommands, framesKept, noteStates, words } from '../support/evidence';
import { eventually } from '../support/eventually';
import { breaches } from '../support/invariants';
import { startWorld, type World } from '../support/world';

const FORWARD = ['requested', 'authorized', 'opening', 'open', 'closed', 'completed'];
let world: World;
let statesOf: (id: string) => Promise<string[]>;
beforeAll(async () => {
  world = await startWorld({ machines: 16 });
  statesOf = await noteStates(world);
});
afterAll(() => world.stop());
afterEach(() => world.simulator.clearFaults());

const CASES: [string, string, FaultSpec[]][] = [
  ['M1', 'every frame three times', [{ name: 'duplicate', n: 3 }]],
  ['M2', 'copies that come when all is over', [{ name: 'duplicate', ms: 500 }]],
  ['M3', 'pushes in another order', [{ name: 'reorder', ms: 150 }]],
  ['M4', 'results and pushes in another order', [{ name: 'reorder', frames: ['door-ack', 'door-result', 'pushes'] }]],
  ['M5', 'no list', [{ name: 'silence', frames: 'taken' }]],
  ['M6', 'no close', [{ name: 'silence', frames: 'closed' }]],
  ['M7', 'no acknowledgements', [{ name: 'silence', frames: 'acks' }]],
  ['M8', 'nothing but the completion', [{ name: 'silence', frames: ['acks', 'door-result', 'taken', 'closed'] }]],
  ['M9', 'twice and in another order', [{ name: 'duplicate' }, { name: 'reorder' }]],
  ['M10', 'late lists', [{ name: 'delay', frames: 'taken', ms: 400, overtake: true }]],
];

it.each(CASES)('%s: %s', async (machine, _what, faults) => {
  world.simulator.setFaults(faults.map((fault) => ({ ...fault, machine }) as FaultSpec));
  const { body } = await world.open(machine);
  await world.simulator.until(machine, 'open');
  const customer = world.simulator.customer(machine);
  customer.take('1001');
  customer.take('1002');
  customer.putBack('1001');
  customer.take('1003');
  customer.close();
  const purchase = await world.until(body.id, 'completed');
  expect(purchase.products.map(({ sku }) => sku).sort()).toEqual(['1002', '1003']);
  expect(purchase.totalAmount).toBe(1540);

  const states = await statesOf(body.id);
  expect(states).toEqual(FORWARD.filter((state) => states.includes(state)));
  await eventually(async () => {
    const { sent, kept } = await framesKept(world, machine);
    expect(kept).toBe(sent);
  });
  expect(await world.purchase(body.id)).toEqual(purchase);
  expect(doorCommands(world, machine)).toBe(1);
  expect(await causesTold(world, body.id)).toEqual([]);
});

it('M11: says of each frame that did nothing why it did nothing', async () => {
  world.simulator.setFaults([{ name: 'duplicate', frames: ['begun', 'door-result', 'closed'], machine: 'M11' }]);
  const id = await world.opened('M11');
  world.simulator.customer('M11').take('1001');
  world.simulator.customer('M11').close();
  await world.until(id, 'completed');
  expect(words(await world.history(id))).toEqual(
    expect.arrayContaining([
      'smart_fridge_request_begun duplicate',
      'smart_fridge_door_open_success duplicate',
      'smart_fridge_door_close_success duplicate',
    ]),
  );
});

it('M12: an end that comes before the door was asked for ends nothing', async () => {
  world.simulator.setFaults([{ name: 'silence', frames: 'begun', machine: 'M12' }]);
  const opening = world.open('M12').then((response) => response);
  await world.simulator.until('M12', 'requested');
  const completed = { command: 'smart_fridge_request_completed', command_data: COMPLETED, ref: 't' };
  world.simulator.inject(JSON.stringify(completed), { machine: 'M12' });
  const { body } = await opening;
  expect(await world.until(body.id, 'expired')).toMatchObject({ products: [], totalAmount: null });
  expect(words(await world.history(body.id))).toContain('smart_fridge_request_completed unexpected');
  expect(doorCommands(world, 'M12')).toBe(0);
});

it('broke no promise', async () => {
  expect(await breaches(world.database.sql, world.simulator)).toEqual([]);
});

const COMPLETED = {
  status: 1,
  error_data: [],
  json_data: { code: 1, data: { transaction_product: [{ vpn: '1001', unit_price: '6.50' }], transaction_total: 6.5 } },
};
