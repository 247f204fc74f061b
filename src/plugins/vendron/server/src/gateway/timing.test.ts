import { Deadlines } from './deadlines';
import { connectionsToOpen, HANDSHAKES } from './demand';
import { judge, Watchdog } from './watchdog';

beforeEach(() => jest.useFakeTimers());
afterEach(() => jest.useRealTimers());

describe('deadlines', () => {
  test('each item falls due after its own span, on one timer', () => {
    const due: string[] = [];
    const deadlines = new Deadlines<string>(100, (item) => due.push(item));
    deadlines.add('a');
    jest.advanceTimersByTime(60);
    deadlines.add('b');
    deadlines.add('c');
    expect(jest.getTimerCount()).toBe(1);
    jest.advanceTimersByTime(40);
    expect(due).toEqual(['a']);
    deadlines.delete('b');
    jest.advanceTimersByTime(60);
    expect(due).toEqual(['a', 'c']);
    expect(jest.getTimerCount()).toBe(0);
  });

  test('with nothing left there is no timer', () => {
    const deadlines = new Deadlines<string>(100, () => undefined);
    deadlines.add('a');
    expect(deadlines.delete('a')).toBe(true);
    expect(deadlines.delete('a')).toBe(false);
    expect(jest.getTimerCount()).toBe(0);
    deadlines.add('b');
    expect(deadlines.clear()).toEqual(['b']);
    expect(jest.getTimerCount()).toBe(0);
  });

  test('an item that is due may add another and take out a third', () => {
    const due: string[] = [];
    const deadlines = new Deadlines<string>(100, (item) => {
      due.push(item);
      if (item === 'a') deadlines.delete('b');
      if (item === 'a') deadlines.add('c');
    });
    deadlines.add('a');
    deadlines.add('b');
    jest.advanceTimersByTime(100);
    expect(due).toEqual(['a']);
    jest.advanceTimersByTime(100);
    expect(due).toEqual(['a', 'c']);
  });
});

describe('how many connections to begin', () => {
  const quiet = { waiting: 0, standing: 0, connecting: 0, min: 2, down: false };

  test.each([
    ['nothing stands by', quiet, 2],
    ['enough stand by', { ...quiet, standing: 2 }, 0],
    ['some are on their way', { ...quiet, connecting: 1 }, 1],
    ['somebody waits', { ...quiet, waiting: 3, connecting: 1 }, 4],
    ['a crowd waits', { ...quiet, waiting: 1000 }, HANDSHAKES],
    ['a crowd waits and handshakes are under way', { ...quiet, waiting: 1000, connecting: 60 }, HANDSHAKES - 60],
    ['the cloud is away', { ...quiet, waiting: 1000, down: true }, 1],
    ['the cloud is away, nobody waits and enough stand by', { ...quiet, standing: 5, down: true }, 1],
    ['the cloud is away and is being tried', { ...quiet, connecting: 1, down: true }, 0],
  ])('%s', (_what, demand, count) => expect(connectionsToOpen(demand)).toBe(count));
});

describe('the watchdog', () => {
  test('pings once an interval, and gives up before two are over', () => {
    expect(judge({ heardAt: 0, pingedAt: 0 }, 999, 1000)).toBe('fine');
    expect(judge({ heardAt: 0, pingedAt: 0 }, 1000, 1000)).toBe('ping');
    expect(judge({ heardAt: 0, pingedAt: 1000 }, 1499, 1000)).toBe('fine');
    expect(judge({ heardAt: 0, pingedAt: 1000 }, 1500, 1000)).toBe('silent');
  });

  test('asks before it ends: looks that come late may find more than one and a half intervals gone since the last pong', () => {
    expect(judge({ heardAt: 1, pingedAt: 0 }, 1501, 1000)).toBe('ping');
    expect(judge({ heardAt: 1, pingedAt: 1501 }, 2000, 1000)).toBe('silent');
  });

  test('looks twice an interval, and says when it was late itself', () => {
    const looks: boolean[] = [];
    const watchdog = new Watchdog(1000, (_now, reliable) => looks.push(reliable));
    watchdog.start();
    jest.advanceTimersByTime(1001);
    expect(looks).toEqual([true, true]);
    const later = performance.now() + 60_000;
    const clock = jest.spyOn(performance, 'now').mockReturnValue(later);
    jest.advanceTimersByTime(501);
    clock.mockRestore();
    expect(looks).toEqual([true, true, false]);
    watchdog.stop();
    expect(jest.getTimerCount()).toBe(0);
  });
});
