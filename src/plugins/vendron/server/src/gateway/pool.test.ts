/** Who gets which of the connections, and what becomes of them when the gateway stops. No network, no real time. */
import { listener, success } from './fakes.test.support';
import { setUpStage } from './stage.test.support';

const order = { amount: 2500, currency: 'EUR', detail: 'transaction:1' };
const basket = success('smart_fridge_product_taken', { list: [{ vpn: 'A' }] });

const stage = setUpStage();

describe('who gets which connection', () => {
  test('some stand by, and each one taken is replaced', async () => {
    stage.make({ connectionsMin: 2 });
    await stage.settle();
    expect(stage.sockets.live).toHaveLength(2);
    const line = await stage.take('t-1');
    await stage.settle();
    expect(stage.gateway.metrics().connections).toMatchObject({ idle: 2, taken: 1 });
    line.prepareRequest(order).send();
    expect(stage.sockets.at(1).sent).toHaveLength(1);
    expect(stage.gateway.health()).toEqual({ up: true, connections: 3, busy: 1, reason: null });
  });

  test('takers are served in the order they came', async () => {
    stage.make({ connectionsMax: 3 });
    stage.sockets.automatic = false;
    const served: string[] = [];
    const all = ['a', 'b', 'c'].map((ref) => stage.take(ref).then(() => served.push(ref)));
    await stage.settle();
    for (const socket of stage.sockets.all) if (!socket.ended) socket.open();
    await Promise.all(all);
    expect(served).toEqual(['a', 'b', 'c']);
  });

  test('at the limit a taker waits, and has no luck in time', async () => {
    stage.make({ connectionsMax: 1 });
    await stage.take('t-1');
    const late = stage.gateway.takeLine({ ref: 't-2', vendorId: 'M1', onSignal: () => undefined });
    expect(stage.gateway.metrics().waiting).toBe(1);
    await jest.advanceTimersByTimeAsync(500);
    expect(await late).toEqual({ kind: 'unavailable', reason: 'no connection was free in time' });
    expect(stage.gateway.metrics()).toMatchObject({ timeouts: 1, waiting: 0 });
  });

  test('at the limit the purchase that was over first makes room', async () => {
    stage.make({ connectionsMax: 3 });
    const [first, second] = [await stage.take('t-1'), await stage.take('t-2')];
    await stage.settle();
    await stage.take('t-3');
    second.release();
    first.release();
    await stage.take('t-4');
    expect(stage.gateway.metrics().connections).toMatchObject({ taken: 2, lingering: 1 });
    expect(stage.sockets.all.map(({ ended }) => ended)).toEqual([false, true, false, false]);
    expect(stage.sockets.live).toHaveLength(3);
  });

  test('a connection to stand by is not worth an eviction', async () => {
    stage.make({ connectionsMax: 1 });
    (await stage.take('t-1')).release();
    await jest.advanceTimersByTimeAsync(1000);
    expect(stage.gateway.metrics().connections).toMatchObject({ lingering: 1, connecting: 0 });
  });

  test('a thousand at once are opened some at a time, and all are served', async () => {
    stage.make({ connectionsMax: 1000 });
    stage.sockets.automatic = false;
    const all = Array.from({ length: 1000 }, (_, index) => stage.take(`t-${index}`));
    await stage.settle();
    expect(stage.sockets.all.length).toBeLessThanOrEqual(64);
    stage.sockets.automatic = true;
    for (const socket of [...stage.sockets.all]) socket.open();
    await Promise.all(all);
    expect(stage.gateway.metrics().connections.taken).toBe(1000);
    // Handshakes, waiting takers and pings share their timers.
    expect(jest.getTimerCount()).toBeLessThan(5);
  });

  test('what a rush left standing goes after a while', async () => {
    stage.make({ connectionsMin: 1, pingIntervalMs: 1000, timeoutMs: 100 });
    const checks = [1, 2, 3].map(() => stage.gateway.checkState('M1'));
    await stage.settle();
    for (const socket of stage.sockets.all) if (socket.sent.length) socket.say(success('check_machine_state_success'));
    await Promise.all(checks);
    expect(stage.gateway.metrics().connections.idle).toBeGreaterThan(1);
    for (let tick = 0; tick < 20; tick += 1) {
      for (const socket of stage.sockets.live) socket.pong();
      await jest.advanceTimersByTimeAsync(500);
    }
    expect(stage.gateway.metrics().connections).toMatchObject({ idle: 1 });
  });
});

describe('stopping', () => {
  test('nothing is taken before the start and after the stop', async () => {
    stage.make();
    await stage.stop();
    const unavailable = { kind: 'unavailable', reason: 'the gateway is stopped' };
    expect(await stage.gateway.takeLine({ ref: 't', vendorId: 'M', onSignal: () => undefined })).toEqual(unavailable);
    expect(await stage.gateway.checkState('M')).toEqual({ ...unavailable, records: [] });
    expect(stage.gateway.health().up).toBe(false);
  });

  test('idle ones close at once, lines may finish, and those who wait are sent away', async () => {
    stage.make({ connectionsMax: 2 });
    const heard = listener();
    const line = await stage.take('t-1', heard.onSignal);
    await stage.take('t-2');
    const waiting = stage.gateway.takeLine({ ref: 't-3', vendorId: 'M1', onSignal: () => undefined });
    const stopped = stage.gateway.stop(5000);
    expect((await waiting).kind).toBe('unavailable');
    await jest.advanceTimersByTimeAsync(3000);
    stage.sockets.at(0).say(basket);
    line.release();
    expect([stage.sockets.at(0).closing, heard.kinds()]).toEqual([true, ['basket']]);
    await jest.advanceTimersByTimeAsync(2000);
    await stopped;
    expect(heard.kinds()).toEqual(['basket']);
  });

  test('lines that go on are lost when the grace is over', async () => {
    stage.make();
    const heard = listener();
    await stage.take('t-1', heard.onSignal);
    const stopped = stage.gateway.stop(100);
    await jest.advanceTimersByTimeAsync(99);
    expect(heard.kinds()).toEqual([]);
    await jest.advanceTimersByTimeAsync(1);
    await stopped;
    expect(heard.signals).toEqual([{ kind: 'lost', reason: 'the gateway is stopped' }]);
  });

  test('with nothing to wait for the grace is not used up', async () => {
    stage.make();
    await stage.settle();
    const stopped = stage.gateway.stop(60_000);
    stage.sockets.at(0).break();
    await stopped;
    expect(jest.getTimerCount()).toBe(0);
  });

  test('a stopped gateway may be started again', async () => {
    stage.make();
    await stage.stop();
    stage.gateway.start();
    await stage.settle();
    expect((await stage.take('t-1')).kind).toBe('line');
  });
});
