import { $, make } from './view.js';
import { currentLanguage, word } from './words.js';

let available = [];
let active = [];

/** Wires the panel of faults. `put` sends a list of texts, each as on the command line. */
export function startFaults(put) {
  const texts = () => active.map(({ text }) => text);
  $('fault-name').addEventListener('change', describe);
  $('faults-clear').addEventListener('click', () => put([]));
  $('fault-form').addEventListener('submit', async (event) => {
    event.preventDefault();
    const parameters = $('fault-parameters').value.trim();
    const text = $('fault-name').value + (parameters ? `:${parameters}` : '');
    if (await put([...texts(), text])) $('fault-parameters').value = '';
  });
  $('faults').addEventListener('click', ({ target }) => {
    const index = target.dataset.index;
    if (index === undefined) return;
    put(texts().filter((_, i) => i !== Number(index)));
    $('fault-name').focus();
  });
}

/** Fills the list one chooses from. */
export function offerFaults(faults) {
  available = faults;
  const chosen = $('fault-name').value;
  const options = faults.map(({ name }) => make('option', '', name, { value: name, selected: name === chosen }));
  $('fault-name').replaceChildren(...options);
  describe();
}

/** Shows the faults in force. */
export function showFaults(faults) {
  active = faults;
  const items = faults.map(({ text }, index) => {
    const item = make('li', 'code', text);
    const button = make('button', 'quiet', word('remove'), { type: 'button' });
    button.dataset.index = index;
    button.setAttribute('aria-label', `${word('remove')} ${text}`);
    item.append(button);
    return item;
  });
  $('faults').replaceChildren(...(items.length > 0 ? items : [make('li', 'hint', word('noFaults'))]));
  $('faults-clear').disabled = faults.length === 0;
}

/** Says again, in the language in force, what is shown. */
export function retellFaults() {
  describe();
  showFaults(active);
}

function describe() {
  const fault = available.find(({ name }) => name === $('fault-name').value);
  if (!fault) return;
  $('fault-says').textContent = fault.says[currentLanguage()];
  const shared = fault.name === 'handshake' ? [] : ['machine=M1'];
  $('fault-takes').textContent =
    `${word('takes')} ${[...fault.parameters, ...shared, 'probability=0.5', 'times=1'].join(', ')}`;
}
