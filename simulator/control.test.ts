import { NAMES } from './testing/client';
import { stage } from './testing/stage';

test('bytes can be sent to the line of a machine, to the idle lines, or to all', async () => {
  const { simulator, client, connect } = await stage();
  const idle = await connect();
  await client.open('M1');
  expect(simulator.inject('one', { machine: 'M1' })).toBe(1);
  expect(simulator.inject('two', 'idle')).toBe(1);
  expect(simulator.inject(Buffer.from('three'), 'all')).toBe(2);
  await client.until(() => client.heard.find(({ binary }) => binary));
  await idle.until(() => idle.heard.find(({ binary }) => binary));
  expect(client.heard.slice(-2).map(({ raw }) => raw)).toEqual(['one', 'three']);
  expect(idle.heard.map(({ raw }) => raw)).toEqual(['two', 'three']);
  expect(() => simulator.inject('x', { machine: 'M2' })).toThrow('No line holds a session of M2.');
});

test('a line can be hung up, cut, or made deaf', async () => {
  const { simulator, client, connect } = await stage();
  await client.open('M1');
  const second = await connect();
  expect(simulator.cut('close', 'M1')).toBe(1);
  expect(await client.closed).toBe(1001);
  expect(second.isClosed).toBe(false);
  expect(simulator.cut('terminate')).toBe(1);
  expect(await second.closed).toBe(1006);

  const third = await connect();
  simulator.cut('half-open');
  let pongs = 0;
  third.socket.on('pong', () => (pongs += 1));
  third.socket.ping();
  third.send('check', 'M1');
  await new Promise((resolve) => setTimeout(resolve, 100));
  expect([pongs, third.heard.length, third.isClosed, simulator.connections()]).toEqual([0, 0, false, 0]);
});

test('what is received and sent is kept without the token', async () => {
  const { simulator, client } = await stage();
  const session = await client.open('M1');
  expect(simulator.commands('M1').map(({ command, session: named, ref }) => [command, named, ref])).toEqual([
    ['smart_fridge_request', undefined, 'ref-M1'],
    ['smart_fridge_door_open', session, 'ref-M1'],
  ]);
  expect(simulator.commands('M2')).toEqual([]);
  expect(simulator.sent('M1').map(({ raw }) => raw)).toEqual(client.heard.map(({ raw }) => raw));
  expect(JSON.stringify([simulator.commands(), simulator.sent()])).not.toContain('secret-token');
});

test('a simulator told not to record keeps nothing but its counters', async () => {
  const { simulator, client } = await stage({ record: false });
  await client.open('M1');
  expect([simulator.commands(), simulator.sent(), simulator.machine('M1').doorCommands]).toEqual([[], [], 1]);
});

test('the log names each frame once and never the token', async () => {
  const lines: unknown[] = [];
  const { client } = await stage({ log: (line) => lines.push(line) });
  await client.open('M1');
  expect(lines).toHaveLength(7);
  expect(lines[1]).toMatchObject({ direction: 'in', machine: 'M1', name: 'smart_fridge_request' });
  expect(JSON.stringify(lines)).not.toContain('secret-token');
});

test('waiting ends with the state, with a clear error in time, or with the simulator', async () => {
  const { simulator, client } = await stage();
  const opened = simulator.until('M1', 'open');
  const two = simulator.until('M1', ({ basket }) => basket.length === 2);
  await client.open('M1');
  await opened;
  simulator.customer('M1').take('1001');
  simulator.customer('M1').take('1001');
  await two;
  await expect(simulator.until('M1', 'free', 20)).rejects.toThrow('M1 is "open" and was not "free" within 20 ms.');
  const never = expect(simulator.until('M1', 'free')).rejects.toThrow('when the simulator stopped');
  await simulator.stop();
  await never;
});

test('a machine set free by hand forgets its customer and takes the next', async () => {
  const { simulator, client } = await stage();
  await client.open('M1');
  simulator.setMachine('M1', { state: 'free' });
  await client.open('M1');
  expect(client.names()).not.toContain(NAMES.completed);
});

test.each([
  [{ machines: 0 }, '"machines" must be at least 1'],
  [{ machines: [{ uid: 'A' }, { uid: 'A' }] }, '"machines" must not name a machine twice'],
  [{ products: [{ vpn: '1', name: 'x', unitPrice: '1,60' }] }, '"products.0.unitPrice" must be a price'],
  [{ port: 70_000 }, '"port" must be at most 65535'],
])('a wrong option %j is named', async (options, message) => {
  await expect(stage(options)).rejects.toThrow(message);
});
