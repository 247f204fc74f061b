/** The device's own line to Larder: put in with a key, taken out, and the shelves it looks at. */
import { ask } from './ask.js';
import { $ } from './view.js';
import { word } from './words.js';

/** Of each product, where the shelves are filled by hand. */
const A_FEW = 3;

/** Wires the form. `at` makes a path of the fridge that is chosen. */
export function startLine(at) {
  const fill = () => ask('PUT', at('/stock'), { stock: A_FEW });
  $('line-form').addEventListener('submit', async (event) => {
    event.preventDefault();
    const isConnected = await ask('PUT', at('/device'), { url: $('larder').value.trim(), key: $('key').value.trim() });
    if (!isConnected) return;
    $('key').value = '';
    if (!isConnected.fridge.meals) await fill();
  });
  $('disconnect').addEventListener('click', () => ask('DELETE', at('/device')));
  $('as-booked').addEventListener('click', () => ask('POST', at('/stock-from-larder')));
  $('fill').addEventListener('click', fill);
  $('force').addEventListener('change', ({ target }) => ask('PATCH', at('/door'), { forced: target.checked }));
}

export function showLine(fridge) {
  const device = fridge?.device;
  $('line-state').textContent = device ? word('connected', device) : word('notConnected');
  $('disconnect').disabled = $('as-booked').disabled = !device;
  if (device && $('larder').value === '') $('larder').value = device.larder;
  $('force-label').hidden = !fridge?.meals;
  $('force').checked = fridge?.forced ?? false;
}
