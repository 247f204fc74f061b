/** What Larder wants the fridge to do about what it saw: colour, sign and words. */
import { $, make } from './view.js';
import { hasWord, word } from './words.js';

const SIGNS = { none: '✓', warn: '!', alarm: '!!', unanswered: '…' };
let shown = '';

export function showSignal(signal) {
  const box = $('signal');
  const says = signal ? wordsOf(signal) : '';
  const now = JSON.stringify([signal, says]);
  // A role=alert speaks whenever its content is put in: only what is new is said.
  if (now === shown) return;
  shown = now;
  box.hidden = !signal;
  if (!signal) return box.replaceChildren();
  box.dataset.signal = signal.signal;
  box.replaceChildren(
    make('span', 'sign', SIGNS[signal.signal], { ariaHidden: 'true' }),
    make('strong', '', says),
    make('span', 'code', `${word(signal.action)} ${signal.barcode}`),
  );
  return undefined;
}

/** The page's own words in its own language; Larder's where it says something the page does not know. */
function wordsOf({ signal, reason, message }) {
  const name = `signal_${signal}_${reason}`;
  if (hasWord(name)) return word(name);
  return hasWord(`signal_${reason}`) ? word(`signal_${reason}`) : message || reason;
}

/** Whether Larder sells here, as it told the device last. */
export function showSales(sales) {
  const text = sales?.locked ? word('salesLocked', { reason: sales.reason ?? '' }) : '';
  $('sales').hidden = text === '';
  if ($('sales').textContent !== text) $('sales').textContent = text;
}
