import { checkChoice, stepped, type Refundable } from './refund-choice';

const salad = { sku: '1001', kind: 'sale' as const, name: 'Salad', quantity: 2, unitAmount: 650, left: 2 };
const mousse = { sku: '1007', kind: 'sale' as const, name: 'Mousse', quantity: 1, unitAmount: 160, left: 1 };
const of: Refundable = { refundable: 1000, currency: 'EUR', lines: [salad, mousse] };
const choice = { kind: 'all' as const, quantities: {}, typed: '' };

describe('a choice of what to refund', () => {
  it('of everything is all that is left', () => {
    expect(checkChoice(choice, of)).toEqual({ kind: 'fine', amount: 1000, body: { amount: 1000 } });
  });

  it.each([
    ['4,50', 450],
    ['10.00', 1000],
    ['10,01', null],
    ['0', null],
    ['', null],
    ['-1', null],
    ['4.505', null],
  ])('of the amount %s is %s', (typed, amount) => {
    const checked = checkChoice({ ...choice, kind: 'amount', typed }, of);
    expect(checked).toEqual(amount === null ? { kind: 'amount_wrong' } : { kind: 'fine', amount, body: { amount } });
  });

  it('of products is priced as they were sold, and never above what is left', () => {
    const lines = (quantities: Record<string, number>) => checkChoice({ ...choice, kind: 'lines', quantities }, of);
    expect(lines({})).toEqual({ kind: 'lines_missing' });
    expect(lines({ 'sale 1001': 0 })).toEqual({ kind: 'lines_missing' });
    expect(lines({ 'sale 1001': 1, 'sale 1007': 1 })).toEqual({
      kind: 'fine',
      amount: 810,
      body: {
        lines: [
          { sku: '1001', kind: 'sale', quantity: 1 },
          { sku: '1007', kind: 'sale', quantity: 1 },
        ],
      },
    });
    expect(lines({ 'sale 1001': 2 })).toEqual({ kind: 'lines_too_much' });
  });

  it('tells what was bought of a product from what was kept of it', () => {
    const theft = { ...salad, kind: 'theft' as const, quantity: 1, unitAmount: 1300, left: 1 };
    const both = { ...of, refundable: 2600, lines: [salad, theft] };
    expect(checkChoice({ ...choice, kind: 'lines', quantities: { 'theft 1001': 1 } }, both)).toEqual({
      kind: 'fine',
      amount: 1300,
      body: { lines: [{ sku: '1001', kind: 'theft', quantity: 1 }] },
    });
  });

  it('steps between none and what is left of a product', () => {
    expect(stepped({}, mousse, -1)).toEqual({ 'sale 1007': 0 });
    expect(stepped({ 'sale 1007': 1 }, mousse, 1)).toEqual({ 'sale 1007': 1 });
    expect(stepped({ 'sale 1001': 1 }, salad, 1)).toEqual({ 'sale 1001': 2 });
  });
});
