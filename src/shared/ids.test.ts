import { newDocumentId, newRef } from './ids';

test('a documentId has 24 letters and digits, a letter first, as Strapi’s own have', () => {
  for (let n = 0; n < 1000; n += 1) expect(newDocumentId()).toMatch(/^[a-z][a-z0-9]{23}$/);
});

test('every letter and digit is as likely as another', () => {
  const counts = new Map<string, number>();
  const drawn = 5000;
  for (let n = 0; n < drawn; n += 1) {
    for (const each of newDocumentId().slice(1)) counts.set(each, (counts.get(each) ?? 0) + 1);
  }
  const expected = (drawn * 23) / 36;
  expect(counts.size).toBe(36);
  // Six standard deviations of such a count: a fair draw leaves them once in millions of runs.
  for (const count of counts.values()) expect(Math.abs(count - expected)).toBeLessThan(6 * Math.sqrt(expected));
});

test('no two are the same', () => {
  expect(new Set(Array.from({ length: 10_000 }, newDocumentId)).size).toBe(10_000);
  expect(new Set(Array.from({ length: 10_000 }, newRef)).size).toBe(10_000);
});
