import fc from 'fast-check';
import { fitSlice, nextSlice } from './slices';

test('slices follow each other without a gap, and end', () => {
  const span = fc.integer({ min: 1, max: 100_000 });
  // In the smallest spans that is a turn for each second: a month of them took most of a minute.
  const late = fc.integer({ min: 1, max: 2000 });
  fc.assert(
    fc.property(late, fc.array(span, { minLength: 1 }), (behind, spans) => {
      const now = 1_800_000_000;
      let reached = now - behind;
      for (let turn = 0; ; turn += 1) {
        const slice = nextSlice(reached, spans[turn % spans.length] ?? 1, now);
        expect(slice.from).toBe(reached);
        if (slice.to === null) return;
        expect(slice.to).toBeGreaterThan(slice.from);
        expect(slice.to).toBeLessThan(now);
        reached = slice.to;
      }
    }),
    { numRuns: 50 },
  );
});

test('a slice that is too full is cut, down to a second', () => {
  expect(fitSlice(86_400)).toBe(21_600);
  expect(fitSlice(3)).toBe(1);
  expect(nextSlice(10, 0, 100)).toEqual({ from: 10, to: 11 });
});
