/** The least that a client of the cloud can do: the yardstick for what Larder adds. */
import { WebSocket } from 'ws';

/** Requests and opens doors over connections that stand already, `atOnce` at a time; nothing is stored. Milliseconds. */
export async function timeRoundTrips(url: string, atOnce: number, seconds: number): Promise<number[]> {
  const times: number[] = [];
  const endsAt = performance.now() + seconds * 1000;
  const shopper = async (_: unknown, index: number) => {
    while (performance.now() < endsAt) times.push(await openOne(url, `M${index + 1}`));
  };
  await Promise.all(Array.from({ length: atOnce }, shopper));
  return times;
}

interface Frame {
  readonly command?: string;
  readonly command_data?: { readonly json_data?: { readonly data?: { readonly session?: string } } };
}

/** From the request to the open door, in milliseconds; then waits for the customer to leave. */
function openOne(url: string, machine: string): Promise<number> {
  return new Promise((resolve, reject) => {
    const socket = new WebSocket(url, { perMessageDeflate: false });
    let startedAt = 0;
    let openedAt = 0;
    const send = (command: string, session?: string) =>
      socket.send(
        JSON.stringify({ command, command_data: { ...PAYMENT, machine_uid: machine, session }, ref: machine }),
      );
    socket.on('error', reject);
    socket.on('open', () => {
      startedAt = performance.now();
      send('smart_fridge_request');
    });
    socket.on('message', (data: Buffer) => {
      const { command, command_data: body } = JSON.parse(data.toString()) as Frame;
      if (command === 'smart_fridge_request_begun') send('smart_fridge_door_open', body?.json_data?.data?.session);
      if (command === 'smart_fridge_door_open_success') openedAt = performance.now();
      if (command === 'smart_fridge_request_completed') socket.close();
    });
    socket.on('close', () => (openedAt > 0 ? resolve(openedAt - startedAt) : reject(new Error('No door was opened.'))));
  });
}

const PAYMENT = {
  public_api_token: 'vendron-token-of-the-bench',
  payment_name: 'STRIPE',
  currency: 'EUR',
  total_amount: '100',
  payment_detail: '',
  notification_url: '',
};
