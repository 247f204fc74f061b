/** Connections that break, hang or fall silent, and a cloud that is away. No network, no real time. */
import { listener, success } from './fakes.test.support';
import { setUpStage } from './stage.test.support';

const stage = setUpStage();

describe('when connections break', () => {
  test('all at once: each line is told, and the new ones are begun after a jittered wait', async () => {
    stage.make({ random: () => 0.5, connectionsMin: 1 });
    const heard = [listener(), listener(), listener()];
    for (const { onSignal } of heard) await stage.take('t', onSignal);
    await stage.settle();
    for (const socket of stage.sockets.live) socket.break();
    expect(heard.map(({ kinds }) => kinds())).toEqual([['lost'], ['lost'], ['lost']]);
    await jest.advanceTimersByTimeAsync(124);
    expect(stage.sockets.live).toHaveLength(0);
    await jest.advanceTimersByTimeAsync(2);
    expect(stage.sockets.live).toHaveLength(1);
    expect(stage.gateway.metrics().reconnects).toBe(1);
  });

  test('a cloud that is away is tried again and again, one at a time, and told of once', async () => {
    const heard = stage.make();
    stage.sockets.automatic = false;
    for (let tries = 0; tries < 4; tries += 1) {
      expect(stage.sockets.live).toHaveLength(1);
      stage.sockets.live[0]?.break('ECONNREFUSED');
      await jest.advanceTimersByTimeAsync(125 * 2 ** tries);
    }
    expect(heard.edges).toEqual(['down: ECONNREFUSED']);
    expect(stage.gateway.health()).toMatchObject({ up: false, reason: 'ECONNREFUSED' });
    stage.sockets.live[0]?.open();
    expect(heard.edges).toEqual(['down: ECONNREFUSED', 'up']);
    expect(stage.gateway.health()).toMatchObject({ up: true, reason: null });
  });

  test('who waits meanwhile is told why in time', async () => {
    stage.make();
    stage.sockets.automatic = false;
    stage.sockets.at(0).break('HTTP 401', true);
    const line = stage.gateway.takeLine({ ref: 't-1', vendorId: 'M1', onSignal: () => undefined });
    await jest.advanceTimersByTimeAsync(500);
    expect(await line).toEqual({ kind: 'unavailable', reason: 'HTTP 401' });
    expect(stage.sockets.all).toHaveLength(1);
  });

  test('a handshake that hangs is ended', async () => {
    const heard = stage.make({ timeoutMs: 1000 });
    stage.sockets.automatic = false;
    await jest.advanceTimersByTimeAsync(1000);
    expect(stage.sockets.at(0).ended).toBe(true);
    expect(heard.edges).toHaveLength(1);
  });

  test('a failed attempt is followed up even where enough stand by', async () => {
    stage.make({ connectionsMin: 1 });
    await stage.settle();
    stage.sockets.automatic = false;
    const check = stage.gateway.checkState('M1');
    stage.sockets.at(0).say(success('check_machine_state_success'));
    await check;
    await stage.take('t-1');
    stage.sockets.at(1).break('ECONNREFUSED');
    stage.sockets.automatic = true;
    await jest.advanceTimersByTimeAsync(200);
    expect(stage.gateway.health().up).toBe(true);
  });

  test('a silent connection is ended within two intervals', async () => {
    stage.make({ pingIntervalMs: 1000 });
    const heard = listener();
    await stage.take('t-1', heard.onSignal);
    await jest.advanceTimersByTimeAsync(1400);
    expect([heard.kinds(), stage.sockets.at(0).pings]).toEqual([[], 1]);
    await jest.advanceTimersByTimeAsync(600);
    expect(heard.kinds()).toEqual(['lost']);
  });

  test('after the process was suspended nobody is taken for silent before having been asked', async () => {
    stage.make({ pingIntervalMs: 1000 });
    const heard = listener();
    await stage.take('t-1', heard.onSignal);
    const woken = performance.now() + 60_000;
    const clock = jest.spyOn(performance, 'now').mockReturnValue(woken);
    await jest.advanceTimersByTimeAsync(501);
    clock.mockRestore();
    expect([heard.kinds(), stage.sockets.at(0).pings]).toEqual([[], 1]);
  });

  test('one that answers pings is left alone', async () => {
    stage.make({ pingIntervalMs: 1000 });
    const heard = listener();
    await stage.take('t-1', heard.onSignal);
    for (let tick = 0; tick < 20; tick += 1) {
      stage.sockets.at(0).pong();
      await jest.advanceTimersByTimeAsync(1000);
    }
    expect(heard.kinds()).toEqual([]);
  });
});
