import { offerFaults, retellFaults, showFaults, startFaults } from './faults.js';
import { ask } from './ask.js';
import { showLine, startLine } from './line.js';
import { showMeals } from './meals.js';
import { describeCredential, showReader, startReader } from './reader.js';
import { showSensors, startSensors } from './sensors.js';
import { showSales, showSignal } from './signal.js';
import { $, addLines, filterLines, openCabinet, showMachine, showMachines, showShelves } from './view.js';
import { switchLanguage, translatePage } from './words.js';

const machines = new Map();
let products = [];
let chosen = decodeURIComponent(location.hash.slice(1));

const at = (act = '') => `/machines/${encodeURIComponent(chosen)}${act}`;
const act = (name, vpn) => ask('POST', at(`/${name}`), vpn === undefined ? undefined : { vpn });
const take = (vpn) => act('take', vpn);
const putBack = (vpn) => act('put-back', vpn);
const actOnMeal = (name, barcode) => ask('POST', at(`/${name}`), { barcode });

function draw() {
  const machine = machines.get(chosen);
  if (machine) drawMachine(machine);
  filterLines($('only').checked ? chosen : undefined);
}

/** A fridge that was given stock shows its meals; any other the catalogue, as often as one likes. */
function drawMachine(machine) {
  const { fridge } = machine;
  const isOpen = machine.state === 'open' || (fridge?.forced ?? false);
  if (!fridge?.meals && $('shelves').querySelector('.meal, .empty')) showShelves(products, take);
  showMachine(machine, products, putBack);
  if (fridge?.meals) showMeals(fridge.meals, products, isOpen, actOnMeal);
  if (fridge?.forced) openCabinet();
  showSignal(fridge?.device?.signal ?? null);
  showSales(fridge?.device?.sales);
  showReader(fridge?.device);
  showSensors(fridge);
  showLine(fridge);
}

function drawAll() {
  translatePage();
  showMachines([...machines.values()], chosen);
  showShelves(products, take);
  retellFaults();
  describeCredential();
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
startReader(at);
startSensors(at);
startLine(at);
startFaults(async (faults) => (await ask('PUT', '/faults', faults)) !== undefined);
translatePage();
listen();
