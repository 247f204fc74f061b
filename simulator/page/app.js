import { offerFaults, retellFaults, showFaults, startFaults } from './faults.js';
import { $, addLines, filterLines, showMachine, showMachines, showShelves } from './view.js';
import { switchLanguage, translatePage } from './words.js';

const machines = new Map();
let products = [];
let chosen = decodeURIComponent(location.hash.slice(1));

/** Asks the simulator; shows its message where it says no. Resolves to the answer, or undefined. */
async function ask(method, path, body) {
  const headers = body === undefined ? {} : { 'content-type': 'application/json' };
  try {
    const response = await fetch(path, { method, headers, body: body && JSON.stringify(body) });
    const answer = await response.json();
    $('trouble').hidden = response.ok;
    if (response.ok) return answer;
    $('trouble').textContent = answer.error.message;
  } catch {
    // No answer at all: the stream notices too, and its banner says so.
  }
  return undefined;
}

const at = (act = '') => `/machines/${encodeURIComponent(chosen)}${act}`;
const act = (name, vpn) => ask('POST', at(`/${name}`), vpn === undefined ? undefined : { vpn });
const take = (vpn) => act('take', vpn);
const putBack = (vpn) => act('put-back', vpn);

function draw() {
  const machine = machines.get(chosen);
  if (machine) showMachine(machine, products, putBack);
  filterLines($('only').checked ? chosen : undefined);
}

function drawAll() {
  translatePage();
  showMachines([...machines.values()], chosen);
  showShelves(products, take);
  retellFaults();
  draw();
}

async function load() {
  const [all, faults, log] = await Promise.all([ask('GET', '/machines'), ask('GET', '/faults'), ask('GET', '/log')]);
  if (!all || !faults || !log) return;
  machines.clear();
  for (const machine of all.machines) machines.set(machine.uid, machine);
  products = all.products;
  if (!machines.has(chosen)) chosen = all.machines[0].uid;
  offerFaults(faults.available);
  showFaults(faults.active);
  $('log').replaceChildren();
  addLines(log.lines);
  drawAll();
}

function listen() {
  const stream = new EventSource('/events');
  stream.addEventListener('open', () => {
    $('offline').hidden = true;
    void load();
  });
  stream.addEventListener('error', () => ($('offline').hidden = false));
  stream.addEventListener('machine', ({ data }) => {
    const machine = JSON.parse(data);
    machines.set(machine.uid, machine);
    if (machine.uid === chosen) draw();
  });
  stream.addEventListener('faults', ({ data }) => showFaults(JSON.parse(data)));
  stream.addEventListener('log', ({ data }) => {
    addLines(JSON.parse(data));
    filterLines($('only').checked ? chosen : undefined);
  });
}

$('machine').addEventListener('change', ({ target }) => {
  chosen = target.value;
  history.replaceState(null, '', `#${encodeURIComponent(chosen)}`);
  draw();
});
$('language').addEventListener('click', () => {
  switchLanguage();
  drawAll();
});
$('close').addEventListener('click', () => act('close'));
$('reset').addEventListener('click', () => ask('PATCH', at(), { state: 'free' }));
$('machine-offline').addEventListener('change', ({ target }) => ask('PATCH', at(), { offline: target.checked }));
$('machine-expired').addEventListener('change', ({ target }) => ask('PATCH', at(), { expired: target.checked }));
$('only').addEventListener('change', draw);
$('cuts').addEventListener(
  'click',
  ({ target }) => target.dataset.cut && ask('POST', '/cut', { mode: target.dataset.cut }),
);
startFaults(async (faults) => (await ask('PUT', '/faults', faults)) !== undefined);
translatePage();
listen();
