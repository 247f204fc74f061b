/** A purchase as server-sent events, on the instance that looks after it and on another one. */
import { request, type IncomingMessage } from 'node:http';
import { FRONT_END_TOKEN, type Larder } from '../support/larder';
import { eventually } from '../support/eventually';
import { startWorld, type PurchaseBody, type World } from '../support/world';

let world: World;
let other: Larder;
beforeAll(async () => {
  world = await startWorld();
  other = await world.startAnother();
});
afterAll(() => world.stop());

interface Stream {
  readonly status: number;
  readonly type: string;
  readonly events: { id: number; purchase: PurchaseBody }[];
  isOver: boolean;
  close(): void;
}

function listen(larder: Larder, id: string, headers: Record<string, string> = {}): Promise<Stream> {
  return new Promise((resolve, reject) => {
    const asking = request(
      `${larder.url}/api/transactions/${id}/stream`,
      { headers: { Authorization: `Bearer ${FRONT_END_TOKEN}`, ...headers } },
      (response: IncomingMessage) => {
        const stream: Stream = {
          status: response.statusCode ?? 0,
          type: response.headers['content-type'] ?? '',
          events: [],
          isOver: false,
          close: () => asking.destroy(),
        };
        let text = '';
        response.on('data', (chunk: Buffer) => {
          text += chunk.toString();
          const messages = text.split('\n\n');
          text = messages.pop() ?? '';
          for (const message of messages) {
            const found = /^id: (\d+)\nevent: purchase\ndata: (.*)$/s.exec(message);
            if (found)
              stream.events.push({ id: Number(found[1]), purchase: JSON.parse(found[2] ?? '') as PurchaseBody });
          }
        });
        response.on('end', () => (stream.isOver = true));
        resolve(stream);
      },
    );
    asking.on('error', reject).end();
  });
}

it('tells each change once, in order, on every instance, and ends with the purchase', async () => {
  const id = await world.opened('M1');
  const streams = await Promise.all([listen(world.larder, id), listen(other, id)]);
  const customer = world.simulator.customer('M1');
  for (const vpn of ['1001', '1002', '1003']) {
    customer.take(vpn);
    await eventually(() => {
      for (const { events } of streams) expect(events.at(-1)?.purchase.products.map((line) => line.sku)).toContain(vpn);
    });
  }
  customer.close();
  await eventually(() => expect(streams.map((stream) => stream.isOver)).toEqual([true, true]));
  for (const { status, type, events } of streams) {
    expect([status, type]).toEqual([200, 'text/event-stream']);
    const ids = events.map((event) => event.id);
    expect(ids).toEqual([...new Set(ids)].sort((a, b) => a - b));
    expect(events[0]?.purchase.state).toBe('open');
    expect(events.at(-1)?.purchase).toMatchObject({ state: 'completed', totalAmount: 2190 });
  }
});

it('honours Last-Event-ID: only what is newer, and 204 once everything was heard', async () => {
  const id = await world.opened('M2');
  const first = await listen(world.larder, id);
  await eventually(() => expect(first.events).toHaveLength(1));
  const seen = first.events[0]?.id ?? 0;
  first.close();

  const again = await listen(world.larder, id, { 'Last-Event-ID': String(seen) });
  world.simulator.customer('M2').take('1004');
  await eventually(() => expect(again.events).toHaveLength(1));
  expect(again.events[0]?.id).toBeGreaterThan(seen);
  world.simulator.customer('M2').close();
  await eventually(() => expect(again.isOver).toBe(true));

  const last = again.events.at(-1)?.id ?? 0;
  const late = await listen(world.larder, id, { 'Last-Event-ID': String(last) });
  expect(late.status).toBe(204);
  const curious = await listen(world.larder, id);
  await eventually(() => expect(curious.isOver).toBe(true));
  expect(curious.events.map((event) => event.id)).toEqual([last]);
});
