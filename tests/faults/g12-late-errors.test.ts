/** G12: an error comes after the door has opened, or was asked to. The hold is kept and a person decides. */
import type { FaultSpec } from '../../simulator';
import { alertsTold, buy, causesTold, doorCommands, rowOf, words } from '../support/evidence';
import { eventually } from '../support/eventually';
import { breaches } from '../support/invariants';
import { startWorld, type World } from '../support/world';

let world: World;
beforeAll(async () => {
  world = await startWorld({ machines: 12 });
});
afterAll(() => world.stop());
afterEach(() => world.simulator.clearFaults());

const CASES: [string, string, FaultSpec][] = [
  ['M1', 'request error, at once', { name: 'error-after-open', result: 'request' }],
  ['M2', 'door error, at once', { name: 'error-after-open', result: 'door' }],
  [
    'M3',
    'request error with a text for a code',
    { name: 'error-after-open', result: 'request', code: -11, as: 'string' },
  ],
  ['M4', 'door error later', { name: 'error-after-open', result: 'door', ms: 300 }],
  ['M5', 'request error after the request had begun', { name: 'error-after-begun', ms: 100 }],
];

it.each(CASES)('%s: %s', async (machine, _what, fault) => {
  world.simulator.setFaults([{ ...fault, machine } as FaultSpec]);
  const { body } = await world.open(machine);
  await world.simulator.until(machine, 'open');
  world.simulator.customer(machine).take('1001');
  const purchase = await world.until(body.id, 'review');
  expect(purchase).toMatchObject({ door: 'unknown', totalAmount: null });
  expect(await rowOf(world, body.id)).toMatchObject({ payment_state: 'recorded', captured_amount: null });
  const told = await alertsTold(world, body.id);
  expect(told).toContainEqual(expect.objectContaining({ cause: 'purchase_review', severity: 'urgent' }));
  expect(told).toHaveLength(2);
  expect(doorCommands(world, machine)).toBe(1);

  // What the fridge says from here on is kept for whoever decides, and settles nothing.
  world.simulator.customer(machine).close();
  await eventually(async () => {
    expect(words(await world.history(body.id))).toContain('smart_fridge_request_completed late');
  });
  expect(await world.purchase(body.id)).toMatchObject({ state: 'review', totalAmount: null });
  expect(await causesTold(world, body.id)).toContain('late_completion');
});

it('M6: an error after the close is for a person too, where no completion came before', async () => {
  world.simulator.setFaults([{ name: 'never-complete', machine: 'M6' }]);
  const id = await world.opened('M6');
  buy(world, 'M6', '1002');
  await world.until(id, 'closed');
  const error = { status: 0, error_data: { code: -1, message: 'Too late' }, json_data: [] };
  world.simulator.inject(JSON.stringify({ command: 'smart_fridge_request_error', command_data: error }), {
    machine: 'M6',
  });
  const purchase = await world.until(id, 'review');
  expect(purchase).toMatchObject({ message: 'Too late', products: [{ sku: '1002' }] });
});

it('M7: an error after the completion changes nothing', async () => {
  const id = await world.opened('M7');
  buy(world, 'M7', '1003');
  const ended = await world.until(id, 'completed');
  const error = { status: 0, error_data: { code: -1, message: 'Far too late' }, json_data: [] };
  world.simulator.inject(JSON.stringify({ command: 'smart_fridge_request_error', command_data: error }), {
    machine: 'M7',
  });
  await eventually(async () => expect(words(await world.history(id))).toContain('smart_fridge_request_error late'));
  expect(await world.purchase(id)).toEqual(ended);
  expect(await causesTold(world, id)).toEqual([]);
});

it('M8: a failed state check on the line says nothing of the purchase', async () => {
  world.simulator.setFaults([{ name: 'error-after-open', result: 'check', machine: 'M8' }]);
  const id = await world.opened('M8');
  await eventually(async () => expect(words(await world.history(id))).toContain('check_machine_state_error refused'));
  buy(world, 'M8', '1004');
  expect(await world.until(id, 'completed')).toMatchObject({ totalAmount: 960 });
  expect(await causesTold(world, id)).toEqual([]);
});

it('broke no promise', async () => {
  expect(await breaches(world.database.sql, world.simulator)).toEqual([]);
});
