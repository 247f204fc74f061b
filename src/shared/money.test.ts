import fc from 'fast-check';
import { exponentOf, fromMajorText, MAX_AMOUNT, toMajorText } from './money';

test.each([
  ['EUR', 2],
  ['JPY', 0],
  ['KWD', 3],
  ['XTS', 2],
])('%s has %i digits', (currency, digits) => {
  expect(exponentOf(currency)).toBe(digits);
});

test.each([
  [2500, 'EUR', '25'],
  [2550, 'EUR', '25.50'],
  [5, 'EUR', '0.05'],
  [0, 'EUR', '0'],
  [100_000, 'EUR', '1000'],
  [MAX_AMOUNT, 'EUR', '21474836.47'],
  [500, 'JPY', '500'],
  [1500, 'KWD', '1.500'],
  [1000, 'KWD', '1'],
])('%i minor units of %s are written %s', (amount, currency, text) => {
  expect(toMajorText(amount, currency)).toBe(text);
});

test.each([
  ['25', 'EUR', 2500],
  ['1.6', 'EUR', 160],
  ['1.60', 'EUR', 160],
  ['1.600', 'EUR', 160],
  [' 1.60 ', 'EUR', 160],
  ['0', 'EUR', 0],
  ['0.00', 'EUR', 0],
  ['00012.50', 'EUR', 1250],
  ['21474836.47', 'EUR', MAX_AMOUNT],
  ['500', 'JPY', 500],
  ['500.0', 'JPY', 500],
  ['0.001', 'KWD', 1],
])('%p %s is read as %i', (text, currency, amount) => {
  expect(fromMajorText(text, currency)).toBe(amount);
});

test.each([
  '1,60',
  '-1',
  '-0',
  '+1',
  'NaN',
  'Infinity',
  '1e3',
  '0x10',
  '1.605',
  '1.',
  '.5',
  '1.6.0',
  '1 600',
  '',
  ' ',
  '٣',
  '1.60 EUR',
  '21474836.48',
  '9999999999',
  '0.0000000001',
])('%p is no amount in EUR', (text) => {
  expect(fromMajorText(text, 'EUR')).toBeNull();
});

test('what a currency has no coins for is no amount', () => {
  expect(fromMajorText('1.5', 'JPY')).toBeNull();
  expect(fromMajorText('0.0005', 'KWD')).toBeNull();
});

test('every amount survives being written and read', () => {
  fc.assert(
    fc.property(fc.nat(MAX_AMOUNT), fc.constantFrom('EUR', 'USD', 'JPY', 'KWD'), (amount, currency) => {
      // Nine digits before the point is what is read; yen and their like have no point.
      fc.pre((toMajorText(amount, currency).split('.')[0]?.length ?? 0) <= 9);
      expect(fromMajorText(toMajorText(amount, currency), currency)).toBe(amount);
    }),
  );
});

test('no text makes it throw, or gives anything but a whole number of minor units', () => {
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.double().map(String), fc.stringMatching(/^\d{1,12}\.\d{0,8}$/)), (text) => {
      const amount = fromMajorText(text, 'EUR');
      expect(amount === null || (Number.isInteger(amount) && amount >= 0 && amount <= MAX_AMOUNT)).toBe(true);
    }),
  );
});
