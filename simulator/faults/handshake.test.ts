import { WebSocket } from 'ws';
import { stage } from '../testing/stage';

test('401: the client is turned away, as often as was asked for', async () => {
  const { simulator, connect } = await stage();
  simulator.setFaults([{ name: 'handshake', mode: '401', times: 2 }]);
  await expect(connect()).rejects.toThrow('Unexpected server response: 401');
  await expect(connect()).rejects.toThrow('Unexpected server response: 401');
  await connect();
});

test('hang: the client is left without an answer, and the simulator can still stop', async () => {
  const { simulator } = await stage();
  simulator.setFaults([{ name: 'handshake' }]);
  const socket = new WebSocket(simulator.url);
  const events: string[] = [];
  socket.on('open', () => events.push('open'));
  const ended = new Promise((resolve) => socket.on('error', resolve));
  await new Promise((resolve) => setTimeout(resolve, 80));
  expect([events, socket.readyState]).toEqual([[], WebSocket.CONNECTING]);
  await simulator.stop();
  await ended;
});

test('another path than the one in production is not there', async () => {
  const { simulator } = await stage();
  const socket = new WebSocket(simulator.url.replace('publicV2', 'public'));
  const error = await new Promise<Error>((resolve) => socket.on('error', resolve));
  expect(error.message).toBe('Unexpected server response: 404');
});
