import fc from 'fast-check';
import { Backoff, type BackoffOptions } from './backoff';

const options: BackoffOptions = {
  baseMs: 100,
  capMs: 1000,
  refusedBaseMs: 10_000,
  refusedCapMs: 40_000,
  stableMs: 5000,
};
const broken = { reason: 'ECONNREFUSED', permanent: false };
const refused = { reason: 'HTTP 401', permanent: true };

function make(random = 1): { backoff: Backoff; edges: string[] } {
  const edges: string[] = [];
  const tell = { onUp: () => void edges.push('up'), onDown: (reason: string) => void edges.push(reason) };
  return { backoff: new Backoff(options, () => random, tell), edges };
}

function delays(backoff: Backoff, end: typeof broken, times: number): number[] {
  return Array.from({ length: times }, () => {
    backoff.failed(0, backoff.epoch, end);
    return backoff.delay(0);
  });
}

test('the waits double up to a cap', () => {
  expect(delays(make().backoff, broken, 6)).toEqual([100, 200, 400, 800, 1000, 1000]);
});

test('full jitter: anything from nothing to the whole wait', () => {
  expect(delays(make(0).backoff, broken, 3)).toEqual([0, 0, 0]);
  expect(delays(make(0.5).backoff, broken, 3)).toEqual([50, 100, 200]);
});

test('a refusal waits long, whatever the dice say', () => {
  expect(delays(make(0).backoff, refused, 4)).toEqual([5000, 10_000, 20_000, 20_000]);
  expect(delays(make(1).backoff, refused, 4)).toEqual([10_000, 20_000, 40_000, 40_000]);
});

test('connections that were under way together count once', () => {
  const { backoff } = make();
  const { epoch } = backoff;
  for (let times = 0; times < 50; times += 1) backoff.failed(0, epoch, broken);
  for (let times = 0; times < 50; times += 1) backoff.broke(0, epoch, false);
  expect(backoff.delay(0)).toBe(100);
});

test('the edges are told once each', () => {
  const { backoff, edges } = make();
  expect(backoff.state).toBe('unknown');
  delays(backoff, broken, 3);
  backoff.opened(0);
  backoff.opened(0);
  backoff.failed(0, backoff.epoch, refused);
  expect(edges).toEqual(['ECONNREFUSED', 'up', 'HTTP 401']);
  expect([backoff.state, backoff.reason]).toEqual(['down', 'HTTP 401']);
});

test('a first success is told: an alert of an earlier process may be open', () => {
  const { backoff, edges } = make();
  backoff.opened(0);
  backoff.opened(1);
  expect([backoff.state, backoff.reason, edges]).toEqual(['up', null, ['up']]);
});

test('a cloud that accepts and hangs up is waited for longer and longer', () => {
  const { backoff } = make();
  const waits = [0, 1000, 2000].map((now) => {
    backoff.opened(now);
    backoff.broke(now + 10, backoff.epoch, false);
    return backoff.delay(now + 10);
  });
  expect(waits).toEqual([100, 200, 400]);
});

test('a cloud that breaks lines in use is not waited for longer and longer', () => {
  const { backoff } = make();
  const waits = [0, 1000, 2000].map((now) => {
    backoff.opened(now);
    backoff.broke(now + 10, backoff.epoch, true);
    return backoff.delay(now + 10);
  });
  expect(waits).toEqual([100, 100, 100]);
});

test('after a stable time the count begins anew', () => {
  const { backoff } = make();
  delays(backoff, broken, 5);
  backoff.opened(1000);
  backoff.broke(1000 + options.stableMs, backoff.epoch, false);
  expect(backoff.delay(1000 + options.stableMs)).toBe(100);
});

test('no wait exceeds its cap', () => {
  const step = fc.tuple(fc.constantFrom('fail', 'refuse', 'open', 'break'), fc.nat(20_000));
  fc.assert(
    fc.property(fc.array(step, { maxLength: 80 }), fc.double({ min: 0, max: 1, noNaN: true }), (steps, random) => {
      const { backoff } = make(random);
      let now = 0;
      for (const [what, later] of steps) {
        now += later;
        if (what === 'open') backoff.opened(now);
        else if (what === 'break') backoff.broke(now, backoff.epoch, later % 2 === 0);
        else backoff.failed(now, backoff.epoch, what === 'fail' ? broken : refused);
        expect(backoff.delay(now)).toBeLessThanOrEqual(options.refusedCapMs);
      }
    }),
  );
});
