/** The shelves of a fridge whose meals have barcodes, and what of them is in the customer's hands. */
import { $, make } from './view.js';
import { euros, word } from './words.js';

let drawn = '';

/** Draws the meals; `act` is called with `touch-meal`, `take-meal` or `put-back-meal` and a barcode. */
export function showMeals(meals, products, open, act) {
  const standing = meals.filter(({ where }) => where === 'shelf');
  const now = JSON.stringify([standing, products, open, word('take')]);
  // Drawn anew only where something changed: whoever goes by keyboard keeps their place.
  if (now !== drawn || !$('shelves').querySelector('.meal, .empty')) {
    const held = focusedIn($('shelves'));
    const items = standing.map((meal) => mealItem(meal, products, open, act));
    $('shelves').replaceChildren(...(items.length > 0 ? items : [make('li', 'empty hint', word('shelvesEmpty'))]));
    refocus($('shelves'), held);
    drawn = now;
  }
  showHands(
    meals.filter(({ where }) => where === 'hands'),
    products,
    open,
    act,
  );
}

function mealItem(meal, products, open, act) {
  const { barcode, vpn, expiresAt } = meal;
  const { name, unitPrice, index } = productOf(products, vpn);
  const item = make('li', 'meal');
  item.dataset.reserved = meal.area === 'subscription' ? 'yes' : 'no';
  const dish = make('div', 'dish', name.slice(0, 1).toUpperCase(), { ariaHidden: 'true' });
  dish.style.setProperty('--hue', (index * 47 + 20) % 360);
  const buttons = make('p', 'pair');
  for (const [label, name_, style] of [
    ['take', 'take-meal', ''],
    ['touch', 'touch-meal', 'quiet'],
  ]) {
    const button = make('button', style, word(label), { type: 'button', disabled: !open });
    button.onclick = () => act(name_, barcode);
    button.dataset.key = `${name_} ${barcode}`;
    button.setAttribute('aria-label', `${word(label)} ${name} ${barcode}`);
    buttons.append(button);
  }
  item.append(
    dish,
    make('p', 'name', name),
    make('p', 'price', euros(unitPrice)),
    make('p', 'barcode code', barcode),
    make('p', 'hint', expiresAt === null ? '' : word('until', { day: expiresAt.slice(0, 10) })),
    make('p', 'tag', tagOf(meal)),
    buttons,
  );
  return item;
}

function tagOf({ area, reservedFor }) {
  if (area !== 'subscription') return word('forAll');
  return reservedFor === null ? word('reserved') : word('reservedFor', { whom: reservedFor });
}

function showHands(meals, products, open, act) {
  const held = focusedIn($('basket'));
  const items = meals.map(({ barcode, vpn }) => {
    const { name, unitPrice } = productOf(products, vpn);
    const item = make('li', '', `${name} · ${euros(unitPrice)} · ${barcode}`);
    const button = make('button', 'quiet', word('putBack'), { type: 'button', disabled: !open });
    button.onclick = () => act('put-back-meal', barcode);
    button.dataset.key = barcode;
    button.setAttribute('aria-label', `${word('putBack')} ${name} ${barcode}`);
    item.append(button);
    return item;
  });
  $('basket').replaceChildren(...(items.length > 0 ? items : [make('li', 'hint', word('nothing'))]));
  refocus($('basket'), held);
}

function productOf(products, vpn) {
  const index = products.findIndex((product) => product.vpn === vpn);
  return index < 0 ? { name: vpn, unitPrice: '0', index: 0 } : { ...products[index], index };
}

function focusedIn(list) {
  const buttons = [...list.querySelectorAll('button')];
  const index = buttons.indexOf(document.activeElement);
  return index < 0 ? undefined : { index, key: buttons[index].dataset.key };
}

/** The same button again, or the one that has come into its place. */
function refocus(list, held) {
  if (!held) return;
  const buttons = [...list.querySelectorAll('button')];
  const same = buttons.find((button) => button.dataset.key === held.key);
  (same ?? buttons[Math.min(held.index, buttons.length - 1)] ?? $('close')).focus();
}
