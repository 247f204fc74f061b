import { priceBasket } from './price';

const catalogue = new Map(
  [
    { sku: 'salad', name: 'Salad', unitAmount: 650, currency: 'EUR' },
    { sku: 'mousse', name: 'Mousse', unitAmount: 290, currency: 'EUR' },
    { sku: 'soup', name: 'Soup', unitAmount: 500, currency: 'CHF' },
    { sku: 'sample', name: 'Sample', unitAmount: 0, currency: 'EUR' },
    { sku: 'gold', name: 'Gold', unitAmount: 100_000_000, currency: 'EUR' },
  ].map((product) => [product.sku, product]),
);
const price = (...lines: [string, number][]) =>
  priceBasket(
    lines.map(([sku, quantity]) => ({ sku, quantity })),
    catalogue,
  );
const faults = (priced: ReturnType<typeof price>) =>
  priced.kind === 'unfit' ? priced.faults.map(({ field }) => field) : [];

test('a basket costs what the catalogue says', () => {
  expect(price(['salad', 2], ['mousse', 1], ['salad', 1])).toMatchObject({
    kind: 'contents',
    currency: 'EUR',
    amount: 2240,
    lines: [{ amount: 1300 }, { amount: 290 }, { amount: 650, name: 'Salad', unitAmount: 650 }],
  });
  expect(price(['sample', 3], ['mousse', 1])).toMatchObject({ amount: 290 });
});

test('what does not fit is named, line by line', () => {
  expect(faults(price(['nothing', 1], ['salad', 1], ['nothing', 2]))).toEqual(['lines.0.sku', 'lines.2.sku']);
  expect(faults(price(['salad', 1], ['soup', 1]))).toEqual(['lines.1.sku']);
  expect(faults(price(['soup', 1], ['salad', 1]))).toEqual(['lines.1.sku']);
  expect(faults(price(['nothing', 1], ['soup', 1], ['salad', 1]))).toEqual(['lines.0.sku', 'lines.2.sku']);
  expect(faults(price(['sample', 1]))).toEqual(['lines']);
  expect(faults(price(['gold', 22]))).toEqual(['lines']);
});
