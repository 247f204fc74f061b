/** G2: the line breaks after the request and before its answer. The door was never asked for: `expired`, the hold released. */
import { alertsTold, buy, doorCommands, rowOf, words } from '../support/evidence';
import { eventually } from '../support/eventually';
import { breaches } from '../support/invariants';
import { startWorld, type World } from '../support/world';

let world: World;
beforeAll(async () => {
  world = await startWorld({ machines: 8 });
});
afterAll(() => world.stop());
afterEach(() => world.simulator.clearFaults());

async function expectNeverAsked(machine: string, response: { status: number; body: unknown }): Promise<string> {
  expect(response.status).toBe(503);
  const { details } = (response.body as { error: { details: { code: string; id: string } } }).error;
  expect(details.code).toBe('gateway_unavailable');
  const purchase = await world.until(details.id, 'expired');
  expect(purchase).toMatchObject({ door: 'locked', products: [], totalAmount: null, capturedAmount: null });
  expect(doorCommands(world, machine)).toBe(0);
  expect(await alertsTold(world, details.id)).toMatchObject([{ cause: 'purchase_expired', severity: 'warning' }]);
  return details.id;
}

it.each([
  ['M1', 'before', 'terminate'],
  ['M2', 'after', 'terminate'],
  ['M3', 'after', 'close'],
] as const)('%s: cut %s the request by %s', async (machine, when, mode) => {
  world.simulator.setFaults([{ name: 'cut', at: 'request', when, mode, machine }]);
  const id = await expectNeverAsked(machine, await world.open(machine));
  const history = words(await world.history(id));
  expect(history).toContain('smart_fridge_request sent');
  expect(history).toContain('connection.lost lost');
  expect(history[history.length - 1]).toBe('purchase.expired expired');
  expect(await rowOf(world, id)).toMatchObject({ door_requested_at: null });
});

it('M4: a line that goes deaf is given up when the vendor has not answered in time', async () => {
  world.simulator.setFaults([{ name: 'cut', at: 'request', when: 'after', mode: 'half-open', machine: 'M4' }]);
  const response = await world.open('M4');
  expect(response.status).toBe(202);
  expect(response.body).toMatchObject({ state: 'opening', door: 'locked' });
  await world.until(response.body.id, 'expired');
  const again = await world.larder.get(`/api/transactions/${response.body.id}`);
  expect(again.body.message).toMatch(/did not answer/);
  expect(doorCommands(world, 'M4')).toBe(0);
});

it('M5: an answer that comes after the end is recorded and opens nothing', async () => {
  world.simulator.setFaults([{ name: 'delay', frames: 'begun', ms: 1900, machine: 'M5' }]);
  const { body } = await world.open('M5');
  await world.until(body.id, 'expired');
  await eventuallyInHistory(body.id, 'smart_fridge_request_begun late');
  expect((await world.purchase(body.id)).state).toBe('expired');
  expect(doorCommands(world, 'M5')).toBe(0);
});

it('M6: cut between the answer and the door command, which was not sent', async () => {
  world.simulator.setFaults([{ name: 'cut', at: 'begun', when: 'after', mode: 'terminate', machine: 'M6' }]);
  const { body } = await world.open('M6');
  const id: string = body.id ?? body.error.details.id;
  await world.until(id, 'expired');
  expect(doorCommands(world, 'M6')).toBe(0);
});

it('leaves the machine to the next customer', async () => {
  world.simulator.setMachine('M1', { state: 'free' });
  const id = await world.opened('M1', 'the-next');
  buy(world, 'M1', '1001');
  expect(await world.until(id, 'completed')).toMatchObject({ totalAmount: 650 });
  expect(await breaches(world.database.sql, world.simulator)).toEqual([]);
});

async function eventuallyInHistory(id: string, word: string): Promise<void> {
  await eventually(async () => expect(words(await world.history(id))).toContain(word));
}
