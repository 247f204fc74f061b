import { MAX_AMOUNT } from '../../../../../shared/money';
import { theftPrice } from './price';

test.each([
  ['just its price', 650, { percent: 100, minimum: null }, 650],
  ['half as much again', 650, { percent: 150, minimum: null }, 975],
  ['a share of a cent, rounded', 333, { percent: 150, minimum: null }, 500],
  ['the least there is', 650, { percent: 100, minimum: 2000 }, 2000],
  ['more than the least', 1500, { percent: 150, minimum: 2000 }, 2250],
  ['the least, of a product without a price', 0, { percent: 1000, minimum: 500 }, 500],
  ['no more than a column holds', MAX_AMOUNT, { percent: 1000, minimum: null }, MAX_AMOUNT],
])('costs %s', (_, unitAmount, terms, price) => {
  expect(theftPrice(unitAmount, terms)).toBe(price);
});
