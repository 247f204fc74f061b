import fc from 'fast-check';
import { allocate } from './allocate';
import { billOf, type PricedLine } from './bill';
import type { StandingMeal } from './meal';

const ADA = 7;
const BOB = 8;
let ids = 0;
const meal = (barcode: string, changes: Partial<StandingMeal> = {}): StandingMeal => ({
  id: (ids += 1),
  barcode,
  sku: 'A',
  expiresAt: 1000,
  reservedFor: null,
  isSellable: true,
  ...changes,
});
const went = (
  standing: readonly StandingMeal[],
  quantity: number,
  { buyer = ADA, reported = [] }: { buyer?: number | null; reported?: readonly string[] } = {},
) => {
  const { taken, unlisted } = allocate(
    { lines: [{ sku: 'A', quantity }], buyer, reported: new Set(reported) },
    standing,
  );
  return { taken: taken.map(({ meal: one, as }) => [one?.barcode ?? null, as]), unlisted };
};

describe('of meals that look alike', () => {
  it('the one that expires first goes first, one without a date last', () => {
    const standing = [meal('c', { expiresAt: null }), meal('b', { expiresAt: 20 }), meal('a', { expiresAt: 10 })];
    expect(went(standing, 3).taken).toEqual([
      ['a', 'free'],
      ['b', 'free'],
      ['c', 'free'],
    ]);
  });

  it("the customer's own goes before a free one, and one that should not be sold after", () => {
    const standing = [
      meal('old', { expiresAt: 1, isSellable: false }),
      meal('free', { expiresAt: 2 }),
      meal('own', { expiresAt: 3, reservedFor: ADA }),
    ];
    expect(went(standing, 3).taken.map(([barcode]) => barcode)).toEqual(['own', 'free', 'old']);
  });

  it("another's goes only where there are not enough free ones", () => {
    const standing = [meal("bob's", { expiresAt: 1, reservedFor: BOB }), meal('free', { expiresAt: 9 })];
    expect(went(standing, 1).taken).toEqual([['free', 'free']]);
    expect(went(standing, 2).taken).toEqual([
      ['free', 'free'],
      ["bob's", 'reserved'],
    ]);
    expect(went(standing, 2, { buyer: null }).taken[1]).toEqual(["bob's", 'reserved']);
  });

  it('one more than stands there is unknown', () => {
    expect(went([meal('a')], 2).taken[1]).toEqual([null, 'unknown']);
    expect(went([meal('b', { sku: 'B' })], 1).taken).toEqual([[null, 'unknown']]);
  });
});

describe('a barcode that the fridge reported', () => {
  it('decides which meal it was', () => {
    const standing = [
      meal('free', { expiresAt: 1 }),
      meal("bob's", { reservedFor: BOB }),
      meal('own', { reservedFor: ADA }),
    ];
    expect(went(standing, 1, { reported: ["bob's"] }).taken).toEqual([["bob's", 'reserved']]);
  });

  it('is told where the list has no line for it', () => {
    const standing = [meal('a'), meal('b'), meal('other', { sku: 'B' })];
    const { unlisted } = went(standing, 1, { reported: ['b', 'a', 'other', 'nowhere'] });
    expect(unlisted).toEqual(['b', 'other']);
  });
});

describe('the bill', () => {
  const line: PricedLine = {
    sku: 'A',
    name: 'A',
    quantity: 3,
    unitAmount: 500,
    currency: 'EUR',
    vendorUnitAmount: null,
  };

  it('collects the own meal that is covered, charges the rest, and another’s at its own price', () => {
    const standing = [meal('own', { reservedFor: ADA }), meal('free'), meal("bob's", { reservedFor: BOB })];
    const { taken } = allocate({ lines: [line], buyer: ADA, reported: new Set(["bob's"]) }, standing);
    const covered = new Set(taken.filter(({ as }) => as === 'own'));
    expect(billOf([line], taken, { covered, theftPrice: (amount) => amount * 2 })).toMatchObject({
      total: 1500,
      isChanged: true,
      lines: [
        { kind: 'sale', quantity: 1, amount: 500 },
        { kind: 'collected', quantity: 1, unitAmount: 0, amount: 0 },
        { kind: 'theft', quantity: 1, unitAmount: 1000, amount: 1000 },
      ],
    });
  });

  it('calls nobody a thief whom the fridge did not see', () => {
    const { taken } = allocate({ lines: [{ ...line, quantity: 1 }], buyer: ADA, reported: new Set() }, [
      meal("bob's", { reservedFor: BOB }),
    ]);
    expect(taken).toMatchObject([{ as: 'reserved', isReported: false }]);
    expect(billOf([line], taken, { covered: new Set(), theftPrice: (amount) => amount * 2 })).toMatchObject({
      total: 500,
      lines: [{ kind: 'sale' }],
    });
  });

  it('charges an own meal that no subscription covers', () => {
    const { taken } = allocate({ lines: [line], buyer: ADA, reported: new Set() }, [meal('own', { reservedFor: ADA })]);
    expect(billOf([line], taken, { covered: new Set(), theftPrice: () => 0 })).toMatchObject({
      total: 1500,
      isChanged: false,
    });
  });
});

it('gives each item of each line one meal at most, and no meal to two', () => {
  const sku = fc.constantFrom('A', 'B', 'C');
  const someMeal = fc.record({
    sku,
    expiresAt: fc.option(fc.nat(9)),
    reservedFor: fc.option(fc.constantFrom(ADA, BOB)),
    isSellable: fc.boolean(),
    isReported: fc.boolean(),
  });
  fc.assert(
    fc.property(
      fc.uniqueArray(fc.record({ sku, quantity: fc.integer({ min: 1, max: 4 }) }), { selector: (line) => line.sku }),
      fc.array(someMeal, { maxLength: 12 }),
      (lines, drawn) => {
        const standing = drawn.map((one, n) => ({ ...one, id: n, barcode: `b${n}` }));
        const reported = new Set(standing.flatMap(({ barcode, isReported }) => (isReported ? [barcode] : [])));
        const { taken, unlisted } = allocate({ lines, buyer: ADA, reported }, standing);
        const meals = taken.flatMap((one) => one.meal ?? []);
        expect(new Set(meals).size).toBe(meals.length);
        for (const line of lines) {
          const ofLine = taken.filter((one) => one.sku === line.sku);
          const there = standing.filter((one) => one.sku === line.sku);
          expect(ofLine).toHaveLength(line.quantity);
          expect(ofLine.every((one) => one.meal === null || one.meal.sku === line.sku)).toBe(true);
          expect(ofLine.filter((one) => one.meal)).toHaveLength(Math.min(line.quantity, there.length));
          // Another's meal is never assumed while a free one or an own one still stands there.
          const isLeft = there.some((one) => !meals.includes(one) && one.reservedFor !== BOB);
          expect(isLeft && ofLine.some((one) => one.as === 'reserved' && !reported.has(one.meal?.barcode ?? ''))).toBe(
            false,
          );
        }
        const explained = new Set([...meals.map((one) => one.barcode), ...unlisted]);
        expect([...reported].every((barcode) => explained.has(barcode))).toBe(true);
      },
    ),
  );
});
