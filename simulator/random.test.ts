import { derivedSeed, Random } from './random';

const draw = (seed: number) => {
  const random = new Random(seed);
  return Array.from({ length: 20 }, () => random.between(1, 6));
};

test('the same seed draws the same numbers, another seed others', () => {
  expect(draw(7)).toEqual(draw(7));
  expect(draw(7)).not.toEqual(draw(8));
});

test('numbers stay within their bounds and reach both', () => {
  const many = Array.from({ length: 500 }, (_, seed) => new Random(seed).between(1, 3));
  expect(new Set(many)).toEqual(new Set([1, 2, 3]));
});

test('a chance of 0 never comes, of 1 always, of a half about half the time', () => {
  const random = new Random(1);
  const hits = (p: number) => Array.from({ length: 1000 }, () => random.chance(p)).filter(Boolean).length;
  expect(hits(0)).toBe(0);
  expect(hits(1)).toBe(1000);
  expect(Math.abs(hits(0.5) - 500)).toBeLessThan(80);
});

test('a shuffle keeps every element and never keeps the order', () => {
  for (let seed = 0; seed < 200; seed += 1) {
    const shuffled = new Random(seed).shuffled([1, 2, 3]);
    expect(shuffled).not.toEqual([1, 2, 3]);
    expect([...shuffled].sort()).toEqual([1, 2, 3]);
  }
  expect(new Random(1).shuffled([1])).toEqual([1]);
});

test('each text has a seed of its own', () => {
  expect(derivedSeed(1, 'M1')).not.toBe(derivedSeed(1, 'M2'));
  expect(derivedSeed(1, 'M1')).not.toBe(derivedSeed(2, 'M1'));
});
