/** G1: the line breaks while a machine is asked how it is. Once more on a new line, else 503; nothing is written but the event. */
import { alertsTold, commandsAt, eventsAt, words } from '../support/evidence';
import { breaches } from '../support/invariants';
import { startWorld, type World } from '../support/world';

let world: World;
beforeAll(async () => {
  world = await startWorld({ machines: 8 });
});
afterAll(() => world.stop());
afterEach(() => world.simulator.clearFaults());

const checks = (machine: string) => commandsAt(world, machine, 'check_machine_state');

describe.each([
  ['M1', 'before', 'terminate'],
  ['M2', 'after', 'terminate'],
  ['M3', 'after', 'close'],
] as const)('one break (%s: %s the check, by %s)', (machine, when, mode) => {
  it('is answered by a second try, on another line', async () => {
    world.simulator.setFaults([{ name: 'cut', at: 'check', when, mode, machine, times: 1 }]);
    const response = await world.larder.get(`/api/machines/${machine}/status`);
    expect(response.status).toBe(200);
    expect(response.body).toMatchObject({ available: true, state: 'available' });
    const lines = world.simulator.commands(machine).map(({ connection }) => connection);
    expect(lines).toHaveLength(2);
    expect(lines[0]).not.toBe(lines[1]);
    expect(words(await eventsAt(world, machine)).filter((word) => !/success$/.test(word))).toEqual([
      'check_machine_state sent',
      'check_machine_state sent',
    ]);
  });
});

describe.each([
  ['M4', 'before', 'terminate'],
  ['M5', 'after', 'close'],
] as const)('two breaks (%s: %s the check, by %s)', (machine, when, mode) => {
  it('are a 503 without a third try, and leave nothing but the events', async () => {
    world.simulator.setFaults([{ name: 'cut', at: 'check', when, mode, machine }]);
    const response = await world.larder.get(`/api/machines/${machine}/status`);
    expect(response.status).toBe(503);
    expect(response.body.error.details).toEqual({ code: 'gateway_unavailable' });
    expect(checks(machine)).toBe(2);
    const events = await eventsAt(world, machine);
    expect(events.filter(({ kind }) => kind === 'command')).toHaveLength(2);
    expect(events.filter(({ kind }) => kind !== 'command' && kind !== 'acknowledgement')).toEqual([]);
    const [row] = await world.database.sql.rows(`select online, last_seen_at from machines where vendor_id = $1`, [
      machine,
    ]);
    expect(row).toEqual({ online: null, last_seen_at: null });
  });
});

it('does not ask twice where the cloud is merely silent', async () => {
  world.simulator.setFaults([{ name: 'silence', frames: 'check-result', machine: 'M6' }]);
  const response = await world.larder.get('/api/machines/M6/status');
  expect(response.status).toBe(503);
  expect(checks('M6')).toBe(1);
});

it('made no purchase, no alert and no breach of a promise of all this', async () => {
  expect(await world.database.sql.rows(`select id from transactions`)).toEqual([]);
  expect(await alertsTold(world)).toEqual([]);
  expect(await breaches(world.database.sql, world.simulator)).toEqual([]);
});
