import { estimate, MOST, takenFrom, withOneMore, without, withQuantity } from './decision';

const salad = { sku: '1001', name: 'Salad', unitAmount: 690 };
const soup = { sku: '1002', name: 'Soup', unitAmount: 790 };
const entry = ({ sku, name }: { sku: string; name: string | null }) => ({ sku, name, unitPrice: '1' });

describe('the list a person starts from', () => {
  const basket = [entry(salad), entry(soup), entry(salad)];

  it.each([
    ['a value', basket],
    ['text, as a form holds it', JSON.stringify(basket)],
  ])('is the last one of the fridge, given as %s', (_, given) => {
    expect(takenFrom(given)).toEqual([
      { sku: '1001', name: 'Salad', quantity: 2 },
      { sku: '1002', name: 'Soup', quantity: 1 },
    ]);
  });

  it('calls a product without a name by its sku', () => {
    expect(takenFrom([entry({ sku: 'X', name: null })])).toEqual([{ sku: 'X', name: 'X', quantity: 1 }]);
  });

  it.each([null, undefined, '', 'no json', '{}', {}, [null, 1, {}, { sku: 7 }]])('is empty for %j', (given) => {
    expect(takenFrom(given)).toEqual([]);
  });
});

describe('a list that is changed', () => {
  const taken = takenFrom([entry(salad)]);

  it('counts a product that is added twice', () => {
    expect(withOneMore(withOneMore(taken, soup), soup).map(({ quantity }) => quantity)).toEqual([1, 2]);
  });

  it.each([
    [0, 1],
    [7, 7],
    [MOST + 1, MOST],
  ])('takes the quantity %i as %i', (asked, quantity) => {
    expect(withQuantity(taken, '1001', asked)).toEqual([{ sku: '1001', name: 'Salad', quantity }]);
  });

  it('loses what is removed', () => {
    expect(without(withOneMore(taken, soup), '1001')).toEqual([{ sku: '1002', name: 'Soup', quantity: 1 }]);
  });

  it('comes to the prices of the catalogue, and to nothing where it knows none', () => {
    const all = withOneMore(withQuantity(taken, '1001', 3), { sku: 'X', name: 'X' });
    expect(estimate(all, new Map([[salad.sku, salad]]))).toBe(2070);
  });
});
