/** The whole gateway over sockets that do what the test says: no network, no real time. */
import type { FridgeLine } from '../../../../purchases/server/src/ports';
import { acknowledgement, FakeSockets, listener, optionsOf, success, TOKEN } from './fakes.test.support';
import { createGatewayOver } from './gateway';
import type { Gateway, GatewayOptions } from './options';

const order = { amount: 2500, currency: 'EUR', detail: 'transaction:1' };
const basket = success('smart_fridge_product_taken', { list: [{ vpn: 'A' }] });

let gateway: Gateway;
let sockets: FakeSockets;

function make(overrides: Partial<GatewayOptions> = {}): ReturnType<typeof optionsOf>['heard'] {
  const { options, heard } = optionsOf(overrides);
  sockets = new FakeSockets();
  gateway = createGatewayOver(sockets.factory, options);
  gateway.start();
  return heard;
}

const settle = (): Promise<void> => jest.advanceTimersByTimeAsync(0);

async function take(ref: string, onSignal = listener().onSignal): Promise<FridgeLine> {
  const line = await gateway.takeLine({ ref, vendorId: 'M1', onSignal });
  if (line.kind !== 'line') throw new Error(line.reason);
  return line;
}

async function stop(): Promise<void> {
  await Promise.all([gateway.stop(0), jest.advanceTimersByTimeAsync(1)]);
}

beforeEach(() => jest.useFakeTimers());
afterEach(async () => {
  await stop();
  expect(sockets.live).toHaveLength(0);
  expect(jest.getTimerCount()).toBe(0);
  jest.useRealTimers();
});

describe('who gets which connection', () => {
  test('some stand by, and each one taken is replaced', async () => {
    make({ connectionsMin: 2 });
    await settle();
    expect(sockets.live).toHaveLength(2);
    const line = await take('t-1');
    await settle();
    expect(gateway.metrics().connections).toMatchObject({ idle: 2, taken: 1 });
    line.prepareRequest(order).send();
    expect(sockets.at(1).sent).toHaveLength(1);
    expect(gateway.health()).toEqual({ up: true, connections: 3, busy: 1, reason: null });
  });

  test('takers are served in the order they came', async () => {
    make({ connectionsMax: 3 });
    sockets.automatic = false;
    const served: string[] = [];
    const all = ['a', 'b', 'c'].map((ref) => take(ref).then(() => served.push(ref)));
    await settle();
    for (const socket of sockets.all) if (!socket.ended) socket.open();
    await Promise.all(all);
    expect(served).toEqual(['a', 'b', 'c']);
  });

  test('at the limit a taker waits, and has no luck in time', async () => {
    make({ connectionsMax: 1 });
    await take('t-1');
    const late = gateway.takeLine({ ref: 't-2', vendorId: 'M1', onSignal: () => undefined });
    expect(gateway.metrics().waiting).toBe(1);
    await jest.advanceTimersByTimeAsync(500);
    expect(await late).toEqual({ kind: 'unavailable', reason: 'no connection was free in time' });
    expect(gateway.metrics()).toMatchObject({ timeouts: 1, waiting: 0 });
  });

  test('at the limit the purchase that was over first makes room', async () => {
    make({ connectionsMax: 3 });
    const [first, second] = [await take('t-1'), await take('t-2')];
    await settle();
    await take('t-3');
    second.release();
    first.release();
    await take('t-4');
    expect(gateway.metrics().connections).toMatchObject({ taken: 2, lingering: 1 });
    expect(sockets.all.map(({ ended }) => ended)).toEqual([false, true, false, false]);
    expect(sockets.live).toHaveLength(3);
  });

  test('a connection to stand by is not worth an eviction', async () => {
    make({ connectionsMax: 1 });
    (await take('t-1')).release();
    await jest.advanceTimersByTimeAsync(1000);
    expect(gateway.metrics().connections).toMatchObject({ lingering: 1, connecting: 0 });
  });

  test('a thousand at once are opened some at a time, and all are served', async () => {
    make({ connectionsMax: 1000 });
    sockets.automatic = false;
    const all = Array.from({ length: 1000 }, (_, index) => take(`t-${index}`));
    await settle();
    expect(sockets.all.length).toBeLessThanOrEqual(64);
    sockets.automatic = true;
    for (const socket of [...sockets.all]) socket.open();
    await Promise.all(all);
    expect(gateway.metrics().connections.taken).toBe(1000);
    // Handshakes, waiting takers and pings share their timers.
    expect(jest.getTimerCount()).toBeLessThan(5);
  });

  test('what a rush left standing goes after a while', async () => {
    make({ connectionsMin: 1, pingIntervalMs: 1000, timeoutMs: 100 });
    const checks = [1, 2, 3].map(() => gateway.checkState('M1'));
    await settle();
    for (const socket of sockets.all) if (socket.sent.length) socket.say(success('check_machine_state_success'));
    await Promise.all(checks);
    expect(gateway.metrics().connections.idle).toBeGreaterThan(1);
    for (let tick = 0; tick < 20; tick += 1) {
      for (const socket of sockets.live) socket.pong();
      await jest.advanceTimersByTimeAsync(500);
    }
    expect(gateway.metrics().connections).toMatchObject({ idle: 1 });
  });
});

describe('a line', () => {
  test('hears what comes on its connection, in order, and nobody else does', async () => {
    make();
    const [one, two] = [listener(), listener()];
    await take('t-1', one.onSignal);
    await settle();
    await take('t-2', two.onSignal);
    sockets.at(0).say(acknowledgement('smart_fridge_request'));
    sockets.at(0).say(success('smart_fridge_request_begun', { data: { session: 's-1' } }, 't-2'));
    sockets.at(0).say(basket);
    sockets.at(1).say('{');
    expect(one.kinds()).toEqual(['acknowledged', 'begun', 'basket']);
    expect(two.kinds()).toEqual(['noise']);
  });

  test('a prepared command is sent once', async () => {
    make();
    const line = await take('t-1');
    const door = line.prepareDoorOpen({ ...order, session: 's-1' });
    expect(sockets.at(0).sent).toHaveLength(0);
    expect([door.send(), door.send()]).toEqual([true, false]);
    expect(sockets.at(0).sent).toHaveLength(1);
    expect(gateway.metrics().framesOut).toEqual({ smart_fridge_door_open: 1 });
  });

  test('the state check of a line carries the purchase, and is answered to it', async () => {
    make();
    const heard = listener();
    const line = await take('t-1', heard.onSignal);
    line.prepareStateCheck().send();
    expect(JSON.parse(sockets.at(0).sent[0] ?? '')).toMatchObject({ command: 'check_machine_state', ref: 't-1' });
    sockets.at(0).say(success('check_machine_state_success', {}, 't-1'));
    expect(heard.kinds()).toEqual(['machine']);
  });

  test('is lost once, last, and sends nothing afterwards', async () => {
    const { orphans } = make();
    const heard = listener();
    const line = await take('t-1', heard.onSignal);
    sockets.at(0).say(basket);
    sockets.at(0).break('ECONNRESET');
    sockets.at(0).say(basket);
    expect(heard.kinds()).toEqual(['basket', 'lost']);
    expect(orphans).toEqual([]);
    expect(heard.signals[1]).toEqual({ kind: 'lost', reason: 'ECONNRESET' });
    expect(line.prepareStateCheck().send()).toBe(false);
    line.release();
    expect(heard.kinds()).toEqual(['basket', 'lost']);
  });

  test('reports late frames for a while after its release, then ends without a loss', async () => {
    make({ lingerMs: 2000 });
    const heard = listener();
    const line = await take('t-1', heard.onSignal);
    line.release();
    line.release();
    expect(line.prepareStateCheck().send()).toBe(false);
    await jest.advanceTimersByTimeAsync(1999);
    sockets.at(0).say(basket);
    expect([heard.kinds(), sockets.at(0).closing]).toEqual([['basket'], false]);
    await jest.advanceTimersByTimeAsync(1);
    expect(sockets.at(0).closing).toBe(true);
    sockets.at(0).say(basket);
    await jest.advanceTimersByTimeAsync(1000);
    expect(sockets.at(0).ended).toBe(true);
    expect(heard.kinds()).toEqual(['basket', 'basket']);
  });

  test('a late completion never meets the next purchase', async () => {
    make();
    const [one, two] = [listener(), listener()];
    (await take('t-1', one.onSignal)).release();
    await take('t-2', two.onSignal);
    sockets.at(0).say(success('smart_fridge_request_completed', { data: { transaction_product: [] } }));
    expect([one.kinds(), two.kinds()]).toEqual([['completed'], []]);
  });

  test('a listener that throws harms nobody', async () => {
    const heard = make();
    await take('t-1', () => {
      throw new Error(`broken ${TOKEN}`);
    });
    expect(() => sockets.at(0).say(basket)).not.toThrow();
    expect(() => sockets.at(0).break()).not.toThrow();
    expect(heard.logs.join()).toContain('broken [token]');
  });

  test('a purchase that lost its line may ask for another from within the signal', async () => {
    make({ connectionsMax: 2 });
    let again: Promise<FridgeLine> | undefined;
    await take('t-1', (signal) => {
      if (signal.kind === 'lost') again = take('t-1');
    });
    (await take('t-0')).release();
    sockets.at(0).break();
    // Not at once, which would go round the back-off; and in the place of the one that broke, not of one still in use.
    expect(sockets.all).toHaveLength(2);
    await jest.advanceTimersByTimeAsync(200);
    expect((await again)?.kind).toBe('line');
    expect(gateway.metrics().connections).toMatchObject({ taken: 1, lingering: 1 });
  });
});

describe('frames that belong to nothing', () => {
  test('are told and counted', async () => {
    const heard = make();
    await settle();
    sockets.at(0).say(basket);
    sockets.at(0).say('{');
    sockets.at(0).say({ command: 'surprise' });
    expect(heard.orphans.map(({ kind, record }) => [kind, record.kind, record.name])).toEqual([
      ['basket', 'orphan', 'smart_fridge_product_taken'],
      ['noise', 'orphan', 'frame.malformed'],
      ['noise', 'orphan', 'surprise'],
    ]);
    expect(gateway.metrics()).toMatchObject({
      orphans: 3,
      malformed: 2,
      oversized: 0,
      framesIn: { smart_fridge_product_taken: 1, 'frame.malformed': 1, unknown_command: 1 },
    });
  });
});

describe('when connections break', () => {
  test('all at once: each line is told, and the new ones are begun after a jittered wait', async () => {
    make({ random: () => 0.5, connectionsMin: 1 });
    const heard = [listener(), listener(), listener()];
    for (const { onSignal } of heard) await take('t', onSignal);
    await settle();
    for (const socket of sockets.live) socket.break();
    expect(heard.map(({ kinds }) => kinds())).toEqual([['lost'], ['lost'], ['lost']]);
    await jest.advanceTimersByTimeAsync(124);
    expect(sockets.live).toHaveLength(0);
    await jest.advanceTimersByTimeAsync(2);
    expect(sockets.live).toHaveLength(1);
    expect(gateway.metrics().reconnects).toBe(1);
  });

  test('a cloud that is away is tried again and again, one at a time, and told of once', async () => {
    const heard = make();
    sockets.automatic = false;
    for (let tries = 0; tries < 4; tries += 1) {
      expect(sockets.live).toHaveLength(1);
      sockets.live[0]?.break('ECONNREFUSED');
      await jest.advanceTimersByTimeAsync(125 * 2 ** tries);
    }
    expect(heard.edges).toEqual(['down: ECONNREFUSED']);
    expect(gateway.health()).toMatchObject({ up: false, reason: 'ECONNREFUSED' });
    sockets.live[0]?.open();
    expect(heard.edges).toEqual(['down: ECONNREFUSED', 'up']);
    expect(gateway.health()).toMatchObject({ up: true, reason: null });
  });

  test('who waits meanwhile is told why in time', async () => {
    make();
    sockets.automatic = false;
    sockets.at(0).break('HTTP 401', true);
    const line = gateway.takeLine({ ref: 't-1', vendorId: 'M1', onSignal: () => undefined });
    await jest.advanceTimersByTimeAsync(500);
    expect(await line).toEqual({ kind: 'unavailable', reason: 'HTTP 401' });
    expect(sockets.all).toHaveLength(1);
  });

  test('a handshake that hangs is ended', async () => {
    const heard = make({ timeoutMs: 1000 });
    sockets.automatic = false;
    await jest.advanceTimersByTimeAsync(1000);
    expect(sockets.at(0).ended).toBe(true);
    expect(heard.edges).toHaveLength(1);
  });

  test('a failed attempt is followed up even where enough stand by', async () => {
    make({ connectionsMin: 1 });
    await settle();
    sockets.automatic = false;
    const check = gateway.checkState('M1');
    sockets.at(0).say(success('check_machine_state_success'));
    await check;
    await take('t-1');
    sockets.at(1).break('ECONNREFUSED');
    sockets.automatic = true;
    await jest.advanceTimersByTimeAsync(200);
    expect(gateway.health().up).toBe(true);
  });

  test('a silent connection is ended within two intervals', async () => {
    make({ pingIntervalMs: 1000 });
    const heard = listener();
    await take('t-1', heard.onSignal);
    await jest.advanceTimersByTimeAsync(1400);
    expect([heard.kinds(), sockets.at(0).pings]).toEqual([[], 1]);
    await jest.advanceTimersByTimeAsync(600);
    expect(heard.kinds()).toEqual(['lost']);
  });

  test('after the process was suspended nobody is taken for silent before having been asked', async () => {
    make({ pingIntervalMs: 1000 });
    const heard = listener();
    await take('t-1', heard.onSignal);
    const woken = performance.now() + 60_000;
    const clock = jest.spyOn(performance, 'now').mockReturnValue(woken);
    await jest.advanceTimersByTimeAsync(501);
    clock.mockRestore();
    expect([heard.kinds(), sockets.at(0).pings]).toEqual([[], 1]);
  });

  test('one that answers pings is left alone', async () => {
    make({ pingIntervalMs: 1000 });
    const heard = listener();
    await take('t-1', heard.onSignal);
    for (let tick = 0; tick < 20; tick += 1) {
      sockets.at(0).pong();
      await jest.advanceTimersByTimeAsync(1000);
    }
    expect(heard.kinds()).toEqual([]);
  });
});

describe('stopping', () => {
  test('nothing is taken before the start and after the stop', async () => {
    make();
    await stop();
    const unavailable = { kind: 'unavailable', reason: 'the gateway is stopped' };
    expect(await gateway.takeLine({ ref: 't', vendorId: 'M', onSignal: () => undefined })).toEqual(unavailable);
    expect(await gateway.checkState('M')).toEqual({ ...unavailable, records: [] });
    expect(gateway.health().up).toBe(false);
  });

  test('idle ones close at once, lines may finish, and those who wait are sent away', async () => {
    make({ connectionsMax: 2 });
    const heard = listener();
    const line = await take('t-1', heard.onSignal);
    await take('t-2');
    const waiting = gateway.takeLine({ ref: 't-3', vendorId: 'M1', onSignal: () => undefined });
    const stopped = gateway.stop(5000);
    expect((await waiting).kind).toBe('unavailable');
    await jest.advanceTimersByTimeAsync(3000);
    sockets.at(0).say(basket);
    line.release();
    expect([sockets.at(0).closing, heard.kinds()]).toEqual([true, ['basket']]);
    await jest.advanceTimersByTimeAsync(2000);
    await stopped;
    expect(heard.kinds()).toEqual(['basket']);
  });

  test('lines that go on are lost when the grace is over', async () => {
    make();
    const heard = listener();
    await take('t-1', heard.onSignal);
    const stopped = gateway.stop(100);
    await jest.advanceTimersByTimeAsync(99);
    expect(heard.kinds()).toEqual([]);
    await jest.advanceTimersByTimeAsync(1);
    await stopped;
    expect(heard.signals).toEqual([{ kind: 'lost', reason: 'the gateway is stopped' }]);
  });

  test('with nothing to wait for the grace is not used up', async () => {
    make();
    await settle();
    const stopped = gateway.stop(60_000);
    sockets.at(0).break();
    await stopped;
    expect(jest.getTimerCount()).toBe(0);
  });

  test('a stopped gateway may be started again', async () => {
    make();
    await stop();
    gateway.start();
    await settle();
    expect((await take('t-1')).kind).toBe('line');
  });
});
