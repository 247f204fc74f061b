/** For the tests over a real network: a cloud on loopback that does what the test scripts. */
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { WebSocketServer, type WebSocket } from 'ws';
import { acknowledgement, success } from './fakes.test.support';

type Script = (
  socket: WebSocket,
  command: { command: string; command_data: Record<string, string>; ref: string },
) => void;

export interface Cloud {
  readonly url: string;
  readonly server: WebSocketServer;
  /** What was received, in order. */
  readonly commands: { command: string; ref: string }[];
  close(): Promise<void>;
}

export async function startCloud(script: Script): Promise<Cloud> {
  const server = new WebSocketServer({ host: '127.0.0.1', port: 0 });
  await once(server, 'listening');
  const commands: Cloud['commands'] = [];
  server.on('connection', (socket) => {
    socket.on('error', () => undefined);
    socket.on('message', (data) => {
      const command = JSON.parse(String(data));
      commands.push(command);
      script(socket, command);
    });
  });
  return {
    url: `ws://127.0.0.1:${(server.address() as AddressInfo).port}/publicV2`,
    server,
    commands,
    close() {
      for (const socket of server.clients) socket.terminate();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}

export function say(socket: WebSocket, frame: unknown): void {
  socket.send(JSON.stringify(frame));
}

/** A cloud where every machine is free and one Apple is taken as soon as a door is open. */
export const honest: Script = (socket, { command, command_data, ref }) => {
  const session = `s-${ref}`;
  const apple = { vpn: 'A1', unit_price: '1.60', name: 'Apple' };
  say(socket, acknowledgement(command, ref));
  if (command === 'check_machine_state') say(socket, success('check_machine_state_success', {}, ref));
  if (command === 'smart_fridge_request') say(socket, success('smart_fridge_request_begun', { data: { session } }));
  if (command !== 'smart_fridge_door_open' || !command_data['session']) return;
  say(socket, success('smart_fridge_door_open_success', { data: [{ door_status: 'UNLOCKED' }] }));
  say(socket, success('smart_fridge_product_taken', { list: [apple] }));
  say(socket, success('smart_fridge_door_close_success', { data: { door_status: 'LOCKED' } }));
  const data = { transaction_id: '', transaction_total: 1.6, transaction_product: [apple] };
  say(socket, success('smart_fridge_request_completed', { data }));
};

/** Waits until something is so, for four seconds at the most. */
export async function until(condition: () => boolean): Promise<void> {
  const latest = performance.now() + 4000;
  while (performance.now() < latest) {
    if (condition()) return;
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  throw new Error(`It never was so: ${condition.toString()}`);
}
