import { euros, word } from './words.js';

const LINES_SHOWN = 300;
const CLOCK = { hour: '2-digit', minute: '2-digit', second: '2-digit', fractionalSecondDigits: 3 };
const ARROWS = { in: '→', out: '←', note: '·' };

/** Finds an element by its id. */
export const $ = (id) => document.getElementById(id);

/** An element with a class, a text and properties. */
export function make(tag, className, text = '', properties = {}) {
  const element = document.createElement(tag);
  if (className) element.className = className;
  element.textContent = text;
  return Object.assign(element, properties);
}

/** Shows the list of fridges, keeping the chosen one. */
export function showMachines(machines, chosen) {
  const options = machines.map(({ uid, label }) =>
    make('option', '', `${label}${label.includes(uid) ? '' : ` (${uid})`}`, { value: uid, selected: uid === chosen }),
  );
  $('machine').replaceChildren(...options);
}

/** Draws the shelves once; `take` is called with a vpn. */
export function showShelves(products, take) {
  const items = products.map(({ vpn, name, unitPrice }, index) => {
    const item = make('li');
    const dish = make('div', 'dish', name.slice(0, 1).toUpperCase(), { ariaHidden: 'true' });
    dish.style.setProperty('--hue', (index * 47 + 20) % 360);
    const button = make('button', '', word('take'), { type: 'button', onclick: () => take(vpn) });
    button.setAttribute('aria-label', `${word('take')} ${name}`);
    item.append(dish, make('p', 'name', name), make('p', 'price', euros(unitPrice)), button);
    return item;
  });
  $('shelves').replaceChildren(...items);
}

/** Shows a fridge as it is now. */
export function showMachine(machine, products, putBack) {
  const { state, offline, expired, session, last } = machine;
  const open = state === 'open';
  const badge = $('state');
  badge.textContent = [word(state), offline && word('isOffline'), expired && word('isExpired')]
    .filter(Boolean)
    .join(' · ');
  badge.dataset.state = state;
  badge.dataset.trouble = offline || expired ? 'yes' : 'no';
  $('fridge-name').textContent = machine.label;
  $('cabinet').dataset.open = open ? 'yes' : 'no';
  $('glass').textContent = word({ free: 'locked', requested: 'waits', closing: 'settles', open: 'open' }[state]);
  $('close').disabled = !open;
  $('reset').disabled = state === 'free';
  $('session').textContent = session ?? word('none');
  $('machine-offline').checked = offline;
  $('machine-expired').checked = expired;
  showTotal(machine.basket, products);
  // Meals with barcodes are drawn one by one, see meals.js.
  if (!machine.fridge?.meals) {
    for (const button of $('shelves').querySelectorAll('button')) button.disabled = !open;
    showBasket(machine.basket, products, open, putBack);
  }
  $('last').textContent = last ? word('last', { count: last.basket.length, total: euros(last.total) }) : '';
}

/** Shows the door open although nobody is known to have opened it. */
export function openCabinet() {
  $('cabinet').dataset.open = 'yes';
}

function showBasket(basket, products, open, putBack) {
  const items = basket.map((vpn) => {
    const { name, unitPrice } = products.find((product) => product.vpn === vpn);
    const item = make('li', '', `${name} · ${euros(unitPrice)}`);
    const button = make('button', 'quiet', word('putBack'), {
      type: 'button',
      disabled: !open,
      onclick: () => putBack(vpn),
    });
    button.setAttribute('aria-label', `${word('putBack')} ${name}`);
    item.append(button);
    return item;
  });
  const focused = [...$('basket').querySelectorAll('button')].indexOf(document.activeElement);
  $('basket').replaceChildren(...(items.length > 0 ? items : [make('li', 'hint', word('nothing'))]));
  // The list is drawn anew at each change: whoever goes by keyboard keeps their place in it.
  if (focused >= 0)
    ([...$('basket').querySelectorAll('button')][Math.min(focused, items.length - 1)] ?? $('close')).focus();
}

function showTotal(basket, products) {
  const cents = basket.reduce((sum, vpn) => sum + Math.round(products.find((p) => p.vpn === vpn).unitPrice * 100), 0);
  $('total').textContent = euros(cents / 100);
}

/** Adds lines to the log and keeps it short. Follows the newest unless somebody reads further up. */
export function addLines(lines) {
  const log = $('log');
  const following = log.scrollHeight - log.scrollTop - log.clientHeight < 40;
  for (const { at, direction, machine, name } of lines) {
    const line = make('li', direction);
    line.append(
      make('span', '', new Date(at).toLocaleTimeString('fr', CLOCK)),
      make('span', '', ARROWS[direction]),
      make('span', '', machine ?? ''),
      make('span', '', name),
    );
    line.dataset.machine = machine ?? '';
    log.append(line);
  }
  while (log.children.length > LINES_SHOWN) log.firstElementChild.remove();
  if (following) log.scrollTop = log.scrollHeight;
}

/** Hides the lines of other fridges, or shows them all. */
export function filterLines(uid) {
  for (const line of $('log').children) line.hidden = uid !== undefined && line.dataset.machine !== uid;
}
