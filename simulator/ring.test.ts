import { Ring } from './ring';

test('a ring keeps the newest items, oldest first', () => {
  const ring = new Ring<number>(3);
  [1, 2, 3, 4, 5].forEach((item) => ring.push(item));
  expect(ring.toArray()).toEqual([3, 4, 5]);
});

test('a ring that is not full keeps everything', () => {
  const ring = new Ring<number>(3);
  ring.push(1);
  ring.push(2);
  expect(ring.toArray()).toEqual([1, 2]);
});
