import { findExposure, isProvenInside } from './exposure';
import { isOutside, type Limits } from './limits';

const limits: Limits = {
  temperatureMin: 0,
  temperatureMax: 500,
  humidityMax: null,
  minutesOutside: 30,
  silenceMinutes: 30,
};
const MINUTE = 60_000;
/** `5.1@0 3@10`: degrees at minutes. */
const series = (text: string) =>
  text
    .split(' ')
    .filter((part) => part !== '')
    .map((part) => {
      const [degrees, minute] = part.split('@').map(Number);
      return { at: (minute ?? 0) * MINUTE, temperature: Math.round((degrees ?? 0) * 100), humidity: null };
    });

describe('outside', () => {
  it.each([
    ['the limit itself', 5, false],
    ['a hundredth above', 5.01, true],
    ['well inside', 3, false],
    ['the lower limit', 0, false],
    ['frozen', -0.01, true],
  ])('%s, %d °C: %s', (_, degrees, outside) => {
    expect(isOutside({ temperature: Math.round(degrees * 100) }, limits)).toBe(outside);
  });

  it('is nothing where there are no limits', () => {
    const none = { ...limits, temperatureMin: null, temperatureMax: null };
    expect(isOutside({ temperature: 8000 }, none)).toBe(false);
  });
});

describe('an exposure', () => {
  it.each<[string, string, [number, number] | null]>([
    ['is none without readings', '', null],
    ['is none while it is cold', '3@0 4@10 5@60', null],
    ['is none for exactly as long as is allowed', '6@0 7@15 6@30', null],
    ['is one a minute later', '6@0 7@15 6@31', [0, 31]],
    ['is none where one reading inside parts the warmth', '6@0 7@15 5@16 7@17 6@40', null],
    ['counts from the first warm reading, not from the last cold one', '3@0 6@20 6@50', null],
    ['needs no reading between two warm ones', '6@0 6@90', [0, 90]],
    ['is the first of two', '6@0 6@31 3@40 6@50 6@99', [0, 31]],
    ['is also cold', '-1@0 -2@40', [0, 40]],
    ['is warmth and cold together', '6@0 -1@20 7@40', [0, 40]],
    ['of one reading is none', '60@0', null],
  ])('%s', (_, readings, expected) => {
    const found = findExposure(series(readings), limits);
    expect(found && [found.since / MINUTE, found.until / MINUTE]).toEqual(expected);
  });

  it('is none while somebody fills the fridge, and its time begins anew after that', () => {
    const excuses = [{ from: 0, to: 40 * MINUTE }];
    expect(findExposure(series('9@0 9@20 9@40 9@60 9@70'), limits, excuses)).toBeNull();
    expect(findExposure(series('9@0 9@20 9@40 9@60 9@91'), limits, excuses)).toMatchObject({ since: 60 * MINUTE });
    // Warm before it was opened: the filling ends that time, it does not add to it.
    expect(findExposure(series('9@-20 9@-1 9@20 9@50'), limits, excuses)).toBeNull();
  });

  it('names the worst', () => {
    expect(findExposure(series('6@0 9.5@20 7@40'), limits)).toMatchObject({ worst: 950 });
    expect(findExposure(series('-1@0 -9@20 -2@40'), limits)).toMatchObject({ worst: -900 });
  });

  it('of no minute allowed is any second reading outside', () => {
    expect(findExposure(series('6@0 6@1'), { ...limits, minutesOutside: 0 })).not.toBeNull();
  });
});

describe('after a silence', () => {
  it.each<[string, string, boolean]>([
    ['a short gap proves it', '3@0 3@25', true],
    ['a gap as long as is allowed proves it', '3@0 3@30', true],
    ['a longer gap hides something', '3@0 3@31', false],
    ['what was sent late fills the gap', '3@0 3@20 3@45 3@70', true],
    ['a short warmth in between is allowed', '3@0 6@10 3@29 3@50', true],
    ['warmth and a gap together are too long', '3@0 6@20 3@40', false],
    ['the newest must be inside', '3@0 3@20 6@25', false],
    ['nothing known from before proves nothing', '3@10 3@20', false],
    ['an old gap before it does not matter', '3@-90 3@0 3@20', true],
    ['no reading proves nothing', '', false],
  ])('%s', (_, readings, proven) => {
    expect(isProvenInside(series(readings), limits, 0)).toBe(proven);
  });
});
