import fc from 'fast-check';
import { item, PRICES } from './examples.test.support';
import { priceBasket, type Mismatch } from './pricing';

const mismatchesOf = (mismatches: readonly Mismatch[]) =>
  mismatches.map((each) => ('sku' in each ? `${each.kind} ${each.sku}` : each.kind));

test('lines are grouped by product, in the order of their first appearance', () => {
  const { lines, total } = priceBasket(
    ['B', 'A', 'B', 'B'].map((sku) => item(sku)),
    PRICES,
    'EUR',
    null,
  );
  expect(lines.map(({ sku, quantity, amount }) => [sku, quantity, amount])).toEqual([
    ['B', 3, 480],
    ['A', 1, 650],
  ]);
  expect(total).toBe(1130);
  expect(lines[1]?.name).toBe('Meal A');
});

test('an empty list costs nothing', () => {
  expect(priceBasket([], PRICES, 'EUR', '0')).toEqual({ lines: [], total: 0, mismatches: [] });
  expect(mismatchesOf(priceBasket([], PRICES, 'EUR', '1.50').mismatches)).toEqual(['total']);
});

test.each([
  ['6.50', []],
  ['6.5', []],
  [' 6.50 ', []],
  ['6.500', []],
  [null, []],
  ['6.51', ['price A']],
  ['6,50', ['price A']],
  ['-6.50', ['price A']],
  ['NaN', ['price A']],
  ['6.505', ['price A']],
  ['', ['price A']],
])('a vendor’s price of %p beside ours of 6.50', (theirs, mismatches) => {
  const { lines, total, mismatches: found } = priceBasket([item('A', theirs)], PRICES, 'EUR', null);
  expect([total, lines[0]?.unitAmount]).toEqual([650, 650]);
  expect(mismatchesOf(found)).toEqual(mismatches);
});

test('one price unlike ours among many of a product is found', () => {
  const { mismatches } = priceBasket([item('A', '6.50'), item('A', '9.99'), item('A', '6.50')], PRICES, 'EUR', null);
  expect(mismatches).toEqual([{ kind: 'price', sku: 'A', ours: 650, theirs: '9.99' }]);
});

test('what the catalogue does not know, or knows in another currency, is on the bill at nothing', () => {
  const prices = new Map([...PRICES, ['F', { sku: 'F', name: 'Fondue', unitAmount: 900, currency: 'CHF' }]]);
  const { lines, total, mismatches } = priceBasket([item('X', '3.30'), item('F', '9.00')], prices, 'EUR', null);
  expect(total).toBe(0);
  expect(lines).toMatchObject([
    { sku: 'X', name: 'theirs: X', unitAmount: 0, amount: 0, currency: 'EUR', vendorUnitAmount: 330 },
    { sku: 'F', name: 'Fondue', unitAmount: 0, amount: 0, currency: 'EUR', vendorUnitAmount: 900 },
  ]);
  expect(mismatchesOf(mismatches)).toEqual(['unknown_product X', 'unknown_product F']);
});

test('a product without any name goes by its sku', () => {
  expect(priceBasket([{ sku: 'X', name: null, unitPrice: null }], PRICES, 'EUR', null).lines[0]?.name).toBe('X');
});

test.each([
  ['8.10', []],
  ['8.1', []],
  ['1.5', ['total']],
  ['8.1000001', ['total']],
  ['much', ['total']],
  [null, []],
])('a vendor’s total of %p over ours of 8.10', (theirs, mismatches) => {
  const items = [item('A', '6.50'), item('B', '1.60')];
  expect(mismatchesOf(priceBasket(items, PRICES, 'EUR', theirs).mismatches)).toEqual(mismatches);
});

test('currencies without cents, and with three digits', () => {
  const prices = (currency: string) => new Map([['A', { sku: 'A', name: 'A', unitAmount: 500, currency }]]);
  expect(priceBasket([item('A', '500')], prices('JPY'), 'JPY', '500').mismatches).toEqual([]);
  expect(mismatchesOf(priceBasket([item('A', '5.00')], prices('JPY'), 'JPY', null).mismatches)).toEqual(['price A']);
  expect(priceBasket([item('A', '0.500')], prices('KWD'), 'KWD', '0.5').mismatches).toEqual([]);
});

test('keys that objects have by themselves are products like any other', () => {
  const { lines, total } = priceBasket(
    ['__proto__', 'constructor', 'toString'].map((sku) => item(sku)),
    PRICES,
    'EUR',
    null,
  );
  expect(lines.map(({ sku, amount }) => [sku, amount])).toEqual([
    ['__proto__', 0],
    ['constructor', 0],
    ['toString', 0],
  ]);
  expect(total).toBe(0);
});

test('whatever the fridge says, the total is the sum of our prices, each line is quantity times price, and nothing is lost', () => {
  const sku = fc.constantFrom('A', 'B', 'C', 'X', 'Y');
  const anything = fc.option(fc.oneof(fc.string(), fc.double().map(String), fc.constantFrom('6.50', '1,60', '-1')), {
    nil: null,
  });
  const items = fc.array(fc.record({ sku, name: fc.option(fc.string(), { nil: null }), unitPrice: anything }), {
    maxLength: 60,
  });
  fc.assert(
    fc.property(items, anything, (list, theirs) => {
      const { lines, total } = priceBasket(list, PRICES, 'EUR', theirs);
      expect(total).toBe(list.reduce((sum, each) => sum + (PRICES.get(each.sku)?.unitAmount ?? 0), 0));
      expect(total).toBe(lines.reduce((sum, line) => sum + line.amount, 0));
      expect(lines.reduce((sum, line) => sum + line.quantity, 0)).toBe(list.length);
      for (const line of lines) expect(line.amount).toBe(line.quantity * line.unitAmount);
      expect(new Set(lines.map((line) => line.sku)).size).toBe(lines.length);
    }),
  );
});
