/** The gateway over real sockets. */
import { honest, say, startCloud, until, type Cloud } from './cloud.test.support';
import { listener, optionsOf, success, TOKEN } from './fakes.test.support';
import { createGateway } from './gateway';
import type { FridgeLine } from '../../../../purchases/server/src/ports';
import type { Gateway, GatewayOptions } from './options';

const order = { amount: 2550, currency: 'EUR', detail: 'transaction:1' };
const basket = success('smart_fridge_product_taken', { list: [{ vpn: 'A' }] });

let cloud: Cloud;
let gateway: Gateway;

async function start(
  script = honest,
  overrides: Partial<GatewayOptions> = {},
): Promise<ReturnType<typeof optionsOf>['heard']> {
  cloud = await startCloud(script);
  const { options, heard } = optionsOf({ url: cloud.url, backoff: { baseMs: 40 }, ...overrides });
  gateway = createGateway(options);
  gateway.start();
  return heard;
}

async function take(ref: string, onSignal = listener().onSignal): Promise<FridgeLine> {
  const line = await gateway.takeLine({ ref, vendorId: 'M1', onSignal });
  if (line.kind !== 'line') throw new Error(line.reason);
  return line;
}

afterEach(async () => {
  await gateway.stop(0);
  await cloud.close();
});

test('a purchase from the check to the completion', async () => {
  const heard = await start();
  expect(await gateway.checkState('M1')).toMatchObject({ kind: 'answered', state: 'available' });
  const { signals, kinds, onSignal } = listener();
  const line = await take('t-1', onSignal);
  expect(line.prepareRequest(order).send()).toBe(true);
  await until(() => kinds().includes('begun'));
  const [, begun] = signals;
  if (begun?.kind !== 'begun' || !begun.session) throw new Error('no session');
  expect(line.prepareDoorOpen({ ...order, session: begun.session }).send()).toBe(true);
  await until(() => kinds().includes('completed'));
  line.release();
  expect(kinds()).toEqual(['acknowledged', 'begun', 'acknowledged', 'unlocked', 'basket', 'locked', 'completed']);
  expect(cloud.commands.map(({ command, ref }) => [command, ref === 't-1'])).toEqual([
    ['check_machine_state', false],
    ['smart_fridge_request', true],
    ['smart_fridge_door_open', true],
  ]);
  expect(JSON.stringify(cloud.commands)).toContain('"total_amount":"25.50"');
  expect(heard.orphans).toEqual([]);
  expect(JSON.stringify([signals, heard])).not.toContain(TOKEN);
});

test('a request can be stored before its line is taken, as long as a line is to be expected', async () => {
  await start(honest, { connectionsMax: 1 });
  const line = { ref: 't-1', vendorId: 'M1' };
  expect(gateway.recordRequest(line, order)).toBeNull();
  await until(() => gateway.health().up);
  const stored = gateway.recordRequest(line, order);
  const taken = await take('t-1');
  expect(stored).toEqual(taken.prepareRequest(order).record);
  expect(gateway.recordRequest(line, order)).toBeNull();
});

test('frames that follow a result at once are not lost', async () => {
  await start((socket, { ref }) => {
    say(socket, success('smart_fridge_request_begun', { data: { session: 's' } }, ref));
    for (let times = 0; times < 200; times += 1) say(socket, basket);
  });
  const { kinds, onSignal } = listener();
  (await take('t-1', onSignal)).prepareRequest(order).send();
  await until(() => kinds().length === 201);
});

test('rubbish of every kind is reported, and the purchase goes on', async () => {
  await start((socket) => {
    for (const rubbish of ['{', '[]', 'null', '1,60', `"${TOKEN}"`, '{"command":"huh"}']) socket.send(rubbish);
    socket.send(Buffer.from([0, 255, 1]), { binary: true });
    socket.send(Buffer.from([0x22, 0xff, 0x22]), { binary: false });
    socket.send(`"${'x'.repeat(10 * 1024 * 1024)}"`);
    socket.send('['.repeat(50_000) + ']'.repeat(50_000));
    say(socket, basket);
  });
  const { signals, kinds, onSignal } = listener();
  (await take('t-1', onSignal)).prepareRequest(order).send();
  await until(() => kinds().includes('basket'));
  expect(kinds()).toEqual([...Array(10).fill('noise'), 'basket']);
  expect(JSON.stringify(signals).length).toBeLessThan(20_000);
  expect(gateway.metrics()).toMatchObject({ oversized: 1, malformed: 9, orphans: 0 });
});

test('a message beyond all measure ends its own connection only', async () => {
  await start((socket, { ref }) => {
    if (ref === 't-1') socket.send(Buffer.alloc(17 * 1024 * 1024));
  });
  const [one, two] = [listener(), listener()];
  const line = await take('t-1', one.onSignal);
  await take('t-2', two.onSignal);
  line.prepareRequest(order).send();
  await until(() => one.kinds().includes('lost'));
  expect(two.kinds()).toEqual([]);
});

test('cut while checking: asked again on a new socket', async () => {
  let cuts = 0;
  await start((socket, command) => {
    cuts += 1;
    if (cuts === 1) socket.terminate();
    else honest(socket, command);
  });
  expect(await gateway.checkState('M1')).toMatchObject({ kind: 'answered', state: 'available' });
  expect(cloud.commands).toHaveLength(2);
  expect(gateway.metrics().reconnects).toBe(1);
});

test('all sockets closed at once: every line is told once, and lines can be had again', async () => {
  await start();
  const heard = Array.from({ length: 5 }, listener);
  await Promise.all(heard.map(({ onSignal }, index) => take(`t-${index}`, onSignal)));
  for (const socket of cloud.server.clients) socket.terminate();
  await until(() => heard.every(({ kinds }) => kinds().length > 0));
  await Promise.all(heard.map((_, index) => take(`t-${index}`)));
  expect(heard.map(({ kinds }) => kinds())).toEqual(Array(5).fill(['lost']));
});

test('a connection that answers pings goes on; one that is gone without a word is ended', async () => {
  await start(honest, { pingIntervalMs: 600 });
  let pings = 0;
  cloud.server.on('connection', (socket) => socket.on('ping', () => (pings += 1)));
  const { kinds, onSignal } = listener();
  await take('t-1', onSignal);
  await until(() => pings > 3);
  expect(kinds()).toEqual([]);
  for (const socket of cloud.server.clients) socket.pause();
  await until(() => kinds().includes('lost'));
});

test('a released line closes politely', async () => {
  const closes: number[] = [];
  await start(honest, { lingerMs: 20 });
  cloud.server.on('connection', (socket) => socket.on('close', (code) => closes.push(code)));
  const line = await take('t-1');
  const code = new Promise((resolve) => {
    for (const socket of cloud.server.clients) socket.on('close', resolve);
  });
  line.release();
  expect(await code).toBe(1000);
  await until(() => gateway.metrics().connections.closing === 0);
});

test('stopping leaves nothing open', async () => {
  await start(honest, { connectionsMin: 3 });
  const { kinds, onSignal } = listener();
  await take('t-1', onSignal);
  await gateway.stop(20);
  expect(kinds()).toEqual(['lost']);
  expect(gateway.metrics().connections).toEqual({
    connecting: 0,
    idle: 0,
    checking: 0,
    taken: 0,
    lingering: 0,
    closing: 0,
  });
  await until(() => cloud.server.clients.size === 0);
});

test('only a WebSocket URL will do', async () => {
  await start();
  const { options } = optionsOf();
  for (const url of ['https://example.org', 'ws://example.org/#x', 'nonsense']) {
    expect(() => createGateway({ ...options, url })).toThrow('URL');
  }
});
