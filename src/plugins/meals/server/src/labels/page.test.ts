import { labelPage } from './page';

const meal = {
  barcode: 'A-1',
  product: 'Lentil salad',
  lot: 'L7',
  expiresAt: Date.parse('2026-12-01T23:00:00Z'),
  timeZone: 'Europe/Paris',
  owner: null,
};

it('says what a meal is and until when, in the language asked for', () => {
  const english = labelPage([meal], 'en', 'n0nce');
  expect(english).toContain('Use by <b>1 December 2026</b>');
  expect(english).toContain('Lot L7');
  expect(english).not.toContain('Reserved');
  expect(english.match(/<svg /g)).toHaveLength(2);
  expect(english).toContain('<style nonce="n0nce">');
  expect(labelPage([meal], 'fr', 'n')).toContain('À consommer avant <b>1 décembre 2026</b>');
});

it('says the hour where a day does not end with it, and reads an unknown zone as UTC', () => {
  const at = { ...meal, expiresAt: Date.parse('2026-12-01T10:30:00Z'), timeZone: 'Nowhere/AtAll' };
  expect(labelPage([at], 'en', 'n')).toContain('<b>1 December 2026 at 10:30</b>');
});

it('signs a reserved meal with the name of its owner', () => {
  const page = labelPage([{ ...meal, owner: 'Ada L.' }, meal], 'fr', 'n');
  expect(page.match(/class="sign"/g)).toHaveLength(1);
  expect(page).toContain('<span>★ Réservé</span><span>Ada L.</span>');
});

it('writes what is put in as text', () => {
  const page = labelPage([{ ...meal, barcode: '<b>"', product: '<script>x</script>', owner: '<i>' }], 'en', 'n');
  expect(page).not.toMatch(/<script|<i>|<b>"/);
  expect(page).toContain('&lt;script&gt;');
});
