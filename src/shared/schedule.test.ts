import { createTask } from 'node-cron';
import { cronOf } from './schedule';

/** The next times, in seconds after the full hour. */
function next(seconds: number): number[] {
  const task = createTask(cronOf(seconds), () => undefined, { timezone: 'UTC' });
  const times = task.getNextRuns(4).map((time) => (time.getTime() / 1000) % 3600);
  void task.destroy();
  return times;
}

it.each([1, 15, 30, 60, 600, 1800])('every %s seconds is that', (seconds) => {
  const [first = 0, ...others] = next(seconds);
  expect(first % seconds).toBe(0);
  expect(others).toEqual([1, 2, 3].map((n) => (first + n * seconds) % 3600));
});

it('every 3600 seconds is each full hour', () => {
  expect(next(3600)).toEqual([0, 0, 0, 0]);
});

it.each([0, -1, 1.5, 61, 90, 420, 7200, NaN])('every %s seconds is refused', (seconds) => {
  expect(() => cronOf(seconds)).toThrow(RangeError);
});
