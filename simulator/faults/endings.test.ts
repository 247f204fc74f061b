import { NAMES } from '../testing/client';
import { stage } from '../testing/stage';

test('late-completion: the machine is free at once, the completion comes later', async () => {
  const { simulator, client } = await stage({ faults: [{ name: 'late-completion', ms: 60 }] });
  await client.open('M1');
  simulator.customer('M1').take('1001');
  simulator.customer('M1').close();
  const closed = Date.now();
  expect(simulator.machine('M1').state).toBe('free');
  await client.next(NAMES.completed);
  expect(Date.now() - closed).toBeGreaterThanOrEqual(50);
});

test('late-completion, busy: the machine settles until then', async () => {
  const { simulator, client } = await stage({ faults: [{ name: 'late-completion', ms: 40, busy: true }] });
  await client.open('M1');
  simulator.customer('M1').close();
  expect(simulator.machine('M1').state).toBe('closing');
  await client.next(NAMES.completed);
  expect(simulator.machine('M1').state).toBe('free');
});

test('never-complete: the close comes, the completion does not', async () => {
  const { simulator, client } = await stage({ faults: [{ name: 'never-complete' }] });
  await client.open('M1');
  simulator.customer('M1').close();
  await client.roundTrip('M1');
  expect(client.names().slice(2)).toEqual([NAMES.closed, 'check_machine_state_success']);
});

test('never-complete, busy: the machine stays busy', async () => {
  const { simulator, client } = await stage({ faults: [{ name: 'never-complete', busy: true }] });
  await client.open('M1');
  simulator.customer('M1').close();
  await client.roundTrip('M1');
  expect(client.names().slice(2)).toEqual([NAMES.closed, 'check_machine_state_error']);
});

test('never-close: closing has no effect', async () => {
  const { simulator, client } = await stage({ faults: [{ name: 'never-close', times: 1 }] });
  await client.open('M1');
  simulator.customer('M1').close();
  expect(simulator.machine('M1').state).toBe('open');
  await client.roundTrip('M2');
  expect(client.names()).not.toContain(NAMES.closed);
  simulator.customer('M1').close();
  await client.next(NAMES.completed);
});

test('no-resume: what was missed is lost', async () => {
  const { simulator, client, connect } = await stage({ faults: [{ name: 'no-resume', machine: 'M1' }] });
  await client.open('M1');
  simulator.cut('terminate', 'M1');
  simulator.customer('M1').close();
  const second = await connect();
  await second.roundTrip('M1');
  await second.roundTrip('M2');
  expect(second.names()).toEqual(['check_machine_state_success', 'check_machine_state_success']);
});
