/**
 * G3: the line breaks after the door command and before its result. It is not sent again: Larder listens, watches the
 * machine, goes on where frames arrive, and else leaves the purchase to a person, with the hold kept.
 */
import { alertsTold, buy, commandsAt, doorCommands, rowOf, words } from '../support/evidence';
import { breaches } from '../support/invariants';
import { startWorld, type World } from '../support/world';

const DEADLINE_S = 4;
let world: World;
beforeAll(async () => {
  world = await startWorld({ machines: 8, env: { COMPLETION_DEADLINE_S: String(DEADLINE_S) } });
});
afterAll(() => world.stop());
afterEach(() => world.simulator.clearFaults());

async function openUncertain(machine: string): Promise<string> {
  const response = await world.open(machine);
  expect([200, 202]).toContain(response.status);
  expect(['opening', 'open']).toContain(response.body.state);
  return response.body.id;
}

async function expectReview(id: string, machine: string, why: RegExp): Promise<void> {
  const purchase = await world.until(id, 'review');
  expect(purchase).toMatchObject({
    door: 'unknown',
    totalAmount: null,
    capturedAmount: null,
    paymentState: 'recorded',
  });
  expect(purchase.message).toMatch(why);
  expect(doorCommands(world, machine)).toBe(1);
  expect(await alertsTold(world, id)).toMatchObject([{ cause: 'purchase_review', severity: 'urgent' }]);
}

it.each([
  ['M1', 'terminate'],
  ['M2', 'close'],
] as const)('%s: the door has opened; what the fridge says on another line is heard (%s)', async (machine, mode) => {
  world.simulator.setFaults([{ name: 'cut', at: 'door', when: 'after', mode, machine, times: 1 }]);
  const id = await openUncertain(machine);
  await world.until(id, 'open');
  buy(world, machine, '1001', '1002');
  expect(await world.until(id, 'completed')).toMatchObject({ totalAmount: 1440 });
  expect(doorCommands(world, machine)).toBe(1);
  expect(commandsAt(world, machine, 'check_machine_state')).toBeGreaterThanOrEqual(1);
  expect(words(await world.history(id))).toContain('connection.lost lost');
  expect(await alertsTold(world, id)).toEqual([]);
});

it('M3: the command never arrived and nobody says so: review at the deadline, the machine watched meanwhile', async () => {
  world.simulator.setFaults([{ name: 'cut', at: 'door', when: 'before', machine: 'M3', times: 1 }]);
  const id = await openUncertain('M3');
  await expectReview(id, 'M3', /nothing came back/);
  expect(commandsAt(world, 'M3', 'check_machine_state')).toBeGreaterThanOrEqual(2);
  expect((await rowOf(world, id)).door_requested_at).not.toBeNull();
});

it('M4: the machine says twice that it is free: review, without waiting for the deadline', async () => {
  world.simulator.setFaults([{ name: 'cut', at: 'door', when: 'before', machine: 'M4', times: 1 }]);
  const id = await openUncertain('M4');
  world.simulator.setMachine('M4', { state: 'free' });
  await expectReview(id, 'M4', /free again/);
});

it('M5: the line stands but the result never comes: the pushes are enough', async () => {
  world.simulator.setFaults([{ name: 'silence', frames: ['door-ack', 'door-result'], machine: 'M5' }]);
  const id = await openUncertain('M5');
  world.simulator.customer('M5').take('1003');
  await world.until(id, 'open');
  world.simulator.customer('M5').close();
  expect(await world.until(id, 'completed')).toMatchObject({ totalAmount: 750 });
  expect(doorCommands(world, 'M5')).toBe(1);
});

it('M6: the line stands, the result is late: the door is not asked for again, and the result still counts', async () => {
  world.simulator.setFaults([{ name: 'delay', frames: 'door-result', ms: 2000, overtake: true, machine: 'M6' }]);
  const id = await openUncertain('M6');
  await world.until(id, 'open');
  expect(doorCommands(world, 'M6')).toBe(1);
  buy(world, 'M6', '1007');
  expect(await world.until(id, 'completed')).toMatchObject({ totalAmount: 160 });
});

it('M7: a refusal that is lost on its way is not guessed: a person decides', async () => {
  world.simulator.setFaults([
    { name: 'refuse', command: 'door', code: -4, machine: 'M7' },
    { name: 'silence', frames: 'door-result', machine: 'M7' },
  ]);
  const id = await openUncertain('M7');
  world.simulator.setMachine('M7', { state: 'free' });
  await expectReview(id, 'M7', /free again/);
});

it('broke no promise', async () => {
  expect(await breaches(world.database.sql, world.simulator)).toEqual([]);
});
