/** The reader at the door: what is shown to it, and what its screen says. */
import { ask } from './ask.js';
import { $ } from './view.js';
import { amountOf, hasWord, word } from './words.js';

const FIELDS = { token: 'token', card: 'paymentMethodId', badge: 'uid' };
const GOOD = ['open', 'completed', 'empty'];

/** Wires the form. `at` makes a path of the fridge that is chosen. */
export function startReader(at) {
  $('credential-kind').addEventListener('change', describeCredential);
  $('reader-form').addEventListener('submit', (event) => {
    event.preventDefault();
    const kind = $('credential-kind').value;
    void ask('POST', at('/show'), { kind, [FIELDS[kind]]: $('credential').value.trim() });
  });
}

/** Says what the field is for. */
export function describeCredential() {
  const kind = $('credential-kind').value;
  $('credential-says').textContent = word(`says_${kind}`);
  $('credential').placeholder = { token: 'ldt.…', card: 'pm_…', badge: '04:A2:…' }[kind];
}

export function showReader(device) {
  const screen = $('screen');
  screen.hidden = $('reader-form').hidden = !device;
  if (!device) return;
  const { text, tone } = screenOf(device.screen);
  screen.dataset.tone = tone;
  if (screen.textContent !== text) screen.textContent = text;
  $('reader-form').querySelector('button').disabled = device.screen.kind === 'asking';
}

function screenOf(screen) {
  switch (screen.kind) {
    case 'refused':
      return { text: refusal(screen), tone: 'bad' };
    case 'purchase':
      return { text: purchase(screen), tone: GOOD.includes(screen.state) ? 'good' : 'calm' };
    default:
      return { text: word(`screen_${screen.kind}`), tone: screen.kind === 'away' ? 'bad' : 'calm' };
  }
}

/** In the page's language where it knows the code, else as Larder says it. */
function refusal({ code, reason, message }) {
  const known = [`no_${reason}`, `no_${code}`].find(hasWord);
  return known ? word(known, { message }) : `${message} (${code})`;
}

function purchase({ state, totalAmount, capturedAmount, currency, message }) {
  const amount = capturedAmount ?? totalAmount;
  const total = amount === null ? '' : amountOf(amount, currency ?? 'EUR');
  const isCharged = state === 'completed' && capturedAmount !== null;
  const name = isCharged ? 'screen_charged' : `screen_${state}`;
  return hasWord(name) ? word(name, { total, message: message ?? '' }) : state;
}
