import { Timers } from '../timers';
import { Lane } from './lane';

const settle = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

test('what waits in front holds up what comes behind', async () => {
  const out: string[] = [];
  const lane = new Lane<string>(new Timers(), (item) => out.push(item));
  lane.push('slow', 30);
  lane.push('quick', 0);
  expect(out).toEqual([]);
  await settle(60);
  expect(out).toEqual(['slow', 'quick']);
  expect(lane.empty).toBe(true);
});

test('a lane that is drained releases nothing more', async () => {
  const out: string[] = [];
  const lane = new Lane<string>(new Timers(), (item) => out.push(item));
  lane.push('a', 10);
  lane.push('b', 10);
  expect(lane.drain()).toEqual(['a', 'b']);
  expect(lane.empty).toBe(true);
  await settle(30);
  expect(out).toEqual([]);
});
