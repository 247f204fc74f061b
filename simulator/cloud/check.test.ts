import { stage } from '../testing/stage';

test('a free machine is acknowledged with PUBLIC007, then available', async () => {
  const { client } = await stage();
  client.send('check', 'M1', {}, 'c-1');
  const result = await client.next('check_machine_state_success');
  expect(client.heard[0]?.raw).toBe(
    '{"respond":"check_machine_state","respond_data":{"ack_status":1,"ack_code":"PUBLIC007"},"ref":"c-1"}',
  );
  expect(result).toMatchObject({ ref: 'c-1', status: 1, error: [], json: { code: 1 } });
});

test('a machine with a session is busy', async () => {
  const { client, connect } = await stage();
  await client.open('M1');
  const other = await connect();
  other.send('check', 'M1');
  expect(await other.next('check_machine_state_error')).toMatchObject({ status: 0, error: { code: -5 }, json: [] });
});

test.each([
  ['offline', -4],
  ['expired', -11],
])('a machine that is %s says %i', async (what, code) => {
  const { simulator, client } = await stage();
  simulator.setMachine('M2', { [what]: true });
  client.send('check', 'M2');
  expect((await client.next('check_machine_state_error')).error.code).toBe(code);
  simulator.setMachine('M2', { [what]: false });
  client.send('check', 'M2');
  await client.next('check_machine_state_success');
});

test('an unknown machine, a wrong token and a missing field each have their code', async () => {
  const { client } = await stage({ token: 'secret-token' });
  client.send('check', 'M9');
  expect((await client.next()).error.code).toBe(-3);
  client.send('check', 'M1', { public_api_token: 'another' });
  expect((await client.next()).error.code).toBe(-2);
  client.send('check', 'M1', { public_api_token: undefined });
  expect((await client.next()).error).toEqual({ code: -1, message: 'Invalid parameters: public_api_token' });
});

test('what is no command is noted and not answered, and the line lives on', async () => {
  const { simulator, client } = await stage();
  for (const raw of ['{', '[]', '1', '{"command":"toString"}', Buffer.from([0, 1])]) client.socket.send(raw);
  await client.roundTrip('M1');
  expect(client.heard).toHaveLength(2);
  expect(simulator.commands()).toHaveLength(1);
});
