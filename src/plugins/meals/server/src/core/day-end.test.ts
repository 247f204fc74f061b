import { dayEnd } from './day-end';

it.each([
  ['2026-12-01', null, '2026-12-02T00:00:00.000Z'],
  ['2026-12-01', 'Europe/Paris', '2026-12-01T23:00:00.000Z'],
  ['2026-07-01', 'Europe/Paris', '2026-07-01T22:00:00.000Z'],
  // The nights in which the clocks change.
  ['2026-10-24', 'Europe/Paris', '2026-10-24T22:00:00.000Z'],
  ['2026-10-25', 'Europe/Paris', '2026-10-25T23:00:00.000Z'],
  ['2026-03-28', 'Europe/Paris', '2026-03-28T23:00:00.000Z'],
  ['2026-03-29', 'Europe/Paris', '2026-03-29T22:00:00.000Z'],
  ['2026-12-31', 'America/Los_Angeles', '2027-01-01T08:00:00.000Z'],
  ['2026-12-01', 'Asia/Kathmandu', '2026-12-01T18:15:00.000Z'],
  ['2026-12-01', 'Nowhere/AtAll', '2026-12-02T00:00:00.000Z'],
])('ends %s in %s at %s', (day, zone, end) => {
  expect(new Date(dayEnd(day, zone)).toISOString()).toBe(end);
});
