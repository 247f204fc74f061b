import { cents } from './money';

test.each([
  ['1.60', 160],
  ['25', 2500],
  ['0.5', 50],
  ['11.20', 1120],
])('%s is %i cents', (text, expected) => expect(cents(text)).toBe(expected));

test.each(['1,60', '-1', '', 'NaN', '1.234', '1e3'])('"%s" is no price', (text) => {
  expect(() => cents(text)).toThrow('is not a price');
});
