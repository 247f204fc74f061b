import { NAMES } from '../testing/client';
import { stage } from '../testing/stage';

test('a session outlives its line; what was missed comes after the next state check', async () => {
  const { simulator, client, connect } = await stage();
  await client.open('M1');
  simulator.customer('M1').take('1001');
  await client.next(NAMES.taken);
  client.socket.terminate();
  await client.closed;
  const second = await connect();
  await second.roundTrip('M2');
  simulator.customer('M1').take('1002');
  expect(second.names()).toEqual(['check_machine_state_success']);

  second.send('check', 'M1');
  expect((await second.next('check_machine_state_error')).error.code).toBe(-5);
  expect((await second.next(NAMES.taken)).json.list?.map(({ vpn }) => vpn)).toEqual(['1001', '1002']);
  simulator.customer('M1').close();
  await second.next(NAMES.completed);
});

test('a session that ended meanwhile is told in full, in order, after the machine is said to be free', async () => {
  const { simulator, client, connect } = await stage();
  await client.open('M1');
  simulator.cut('terminate', 'M1');
  simulator.customer('M1').take('1001');
  simulator.customer('M1').close();
  const second = await connect();
  second.send('check', 'M1');
  await second.next(NAMES.completed);
  expect(second.names()).toEqual(['check_machine_state_success', NAMES.taken, NAMES.closed, NAMES.completed]);
});

test('what was delivered once is not delivered again', async () => {
  const { simulator, client, connect } = await stage();
  await client.open('M1');
  simulator.cut('terminate', 'M1');
  simulator.customer('M1').close();
  const second = await connect();
  second.send('check', 'M1');
  await second.next(NAMES.completed);
  simulator.cut('terminate');
  const third = await connect();
  await third.roundTrip('M1');
  await third.roundTrip('M2');
  expect(third.names()).toEqual(['check_machine_state_success', 'check_machine_state_success']);
});

test('a check by a bystander takes nothing from a line that stands', async () => {
  const { simulator, client, connect } = await stage();
  await client.open('M1');
  const bystander = await connect();
  await bystander.roundTrip('M1');
  simulator.customer('M1').take('1001');
  await client.next(NAMES.taken);
  expect(bystander.names()).toEqual(['check_machine_state_error']);
});

test('a wrong token gets nothing of what waits', async () => {
  const { simulator, client, connect } = await stage({ token: 'secret-token' });
  await client.open('M1');
  simulator.cut('terminate', 'M1');
  simulator.customer('M1').close();
  const thief = await connect();
  thief.send('check', 'M1', { public_api_token: 'guess' });
  await thief.next('check_machine_state_error');
  thief.send('check', 'M2', { public_api_token: 'guess' });
  await thief.next('check_machine_state_error');
  expect(thief.names()).not.toContain(NAMES.completed);
});

test('with resume "never" what was missed is lost', async () => {
  const { simulator, client, connect } = await stage({ resume: 'never' });
  await client.open('M1');
  simulator.cut('terminate', 'M1');
  simulator.customer('M1').close();
  const second = await connect();
  await second.roundTrip('M1');
  await second.roundTrip('M2');
  expect(second.names()).toEqual(['check_machine_state_success', 'check_machine_state_success']);
});
