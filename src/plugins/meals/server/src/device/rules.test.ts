import fc from 'fast-check';
import { ACTIONS, type Facts } from './facts';
import { messageOf } from './messages';
import { judge } from './rules';

const seen = (changes: Partial<Facts>): Facts => ({
  action: 'taken',
  session: 'purchase',
  whose: 'free',
  wasOut: false,
  isOutdated: false,
  isLate: false,
  isAsBilled: true,
  ...changes,
});

test.each<[string, Partial<Facts>, string]>([
  ['touches a free meal', { action: 'touched' }, 'none free'],
  ['takes a free meal', {}, 'none free'],
  ['puts a free meal back', { action: 'returned', wasOut: true }, 'none put_back'],
  ['touches their own', { action: 'touched', whose: 'own' }, 'none own'],
  ['takes their own', { whose: 'own' }, 'none own'],
  ['puts their own back', { action: 'returned', whose: 'own', wasOut: true }, 'none put_back'],
  ["touches another's", { action: 'touched', whose: 'reserved' }, 'warn reserved'],
  ["takes another's", { whose: 'reserved' }, 'alarm reserved'],
  ["puts another's back", { action: 'returned', whose: 'reserved', wasOut: true }, 'none alarm_over'],
  ["puts another's back that was never taken", { action: 'returned', whose: 'reserved' }, 'none put_back'],
  ["took another's, and put it back since", { whose: 'reserved', isOutdated: true }, 'none outdated'],
  ['takes what nobody knows', { whose: 'unknown' }, 'none unknown_barcode'],
  ['takes what stands elsewhere by the books', { whose: 'elsewhere' }, 'none not_here'],
  ['touches without a purchase', { action: 'touched', session: 'none' }, 'warn no_purchase'],
  ['takes without a purchase', { session: 'none' }, 'alarm no_purchase'],
  ["takes another's without a purchase", { session: 'none', whose: 'reserved' }, 'alarm no_purchase'],
  ['puts back without a purchase', { action: 'returned', session: 'none', wasOut: true }, 'none alarm_over'],
  ['brings something without a purchase', { action: 'returned', session: 'none' }, 'none put_back'],
  ['fills the machine', { session: 'restock', whose: 'reserved' }, 'none restocking'],
  ["took another's, told when all was settled", { whose: 'reserved', isLate: true }, 'none late'],
])('somebody %s', (_, changes, answer) => {
  const { signal, reason } = judge(seen(changes));
  expect(`${signal} ${reason}`).toBe(answer);
});

test.each<[string, Partial<Facts>, string | undefined]>([
  ['a meal taken without a purchase', { session: 'none' }, 'meal_gone'],
  ['one that is reserved', { session: 'none', whose: 'reserved' }, 'meal_gone'],
  ['a touch without a purchase', { session: 'none', action: 'touched' }, undefined],
  ["another's meal while the door is open", { whose: 'reserved' }, undefined],
  ['a late word that was billed so', { isLate: true }, undefined],
  ['a late word that was billed otherwise', { isLate: true, isAsBilled: false }, 'stock_mismatch'],
])('of %s somebody hears accordingly', (_, changes, incident) => {
  expect(judge(seen(changes)).incident).toBe(incident);
});

test("the history has an alarm and its end, and nothing of anybody's own meals", () => {
  expect(judge(seen({ whose: 'reserved' })).note).toBe('alarm');
  expect(judge(seen({ whose: 'reserved', action: 'returned', wasOut: true })).note).toBe('alarm_over');
  expect(judge(seen({ whose: 'own' })).note).toBeUndefined();
});

const facts = fc.record({
  action: fc.constantFrom(...ACTIONS),
  session: fc.constantFrom('purchase' as const, 'restock' as const, 'none' as const),
  whose: fc.constantFrom(
    'free' as const,
    'own' as const,
    'reserved' as const,
    'elsewhere' as const,
    'unknown' as const,
  ),
  wasOut: fc.boolean(),
  isOutdated: fc.boolean(),
  isLate: fc.boolean(),
  isAsBilled: fc.boolean(),
});

test('whatever is seen has an answer, an alarm only for taking, and words in both languages or in none', () => {
  fc.assert(
    fc.property(facts, (one) => {
      const judgement = judge(one);
      if (judgement.signal === 'alarm') expect(one.action).toBe('taken');
      if (judgement.signal === 'warn') expect(one.action).toBe('touched');
      if (judgement.signal !== 'none') expect(messageOf(judgement, 'en')).not.toBe('');
      expect(messageOf(judgement, 'en') === '').toBe(messageOf(judgement, 'fr') === '');
      // Nobody is warned of a meal that is for everybody, or their own, while a purchase is on.
      if (one.session === 'purchase' && one.whose !== 'reserved') expect(judgement.signal).toBe('none');
    }),
    { numRuns: 500 },
  );
});
