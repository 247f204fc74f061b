/** What the fridge measures, how it is told to Larder, and how to make that go wrong. */
import { ask } from './ask.js';
import { $ } from './view.js';
import { word } from './words.js';

const PAST_MINUTES = 40;
const FIELDS = { temperature: 'temperature', target: 'target', humidity: 'humidity' };

/** Wires the panel. `at` makes a path of the fridge that is chosen. */
export function startSensors(at) {
  for (const [id, field] of Object.entries(FIELDS)) {
    $(id).addEventListener('change', ({ target }) => {
      if (target.value !== '') void ask('PATCH', at('/sensor'), { [field]: Number(target.value) });
    });
  }
  $('target').addEventListener('input', () => ($('target-shown').textContent = `${$('target').value} °C`));
  $('sensor-form').addEventListener('submit', (event) => event.preventDefault());
  $('sensor-state').addEventListener('change', ({ target }) => ask('PATCH', at('/sensor'), { state: target.value }));
  $('keep-back').addEventListener('change', ({ target }) => ask('PATCH', at('/sensor'), { keepBack: target.checked }));
  $('measure').addEventListener('click', () => ask('POST', at('/measure'), {}));
  $('past').addEventListener('click', () => ask('POST', at('/measure'), { minutes: PAST_MINUTES }));
  for (const [id, act] of [
    ['send', '/send'],
    ['repeat', '/repeat'],
    ['beat', '/heartbeat'],
  ]) {
    $(id).addEventListener('click', () => ask('POST', at(act)));
  }
}

export function showSensors(fridge) {
  const device = fridge?.device;
  $('sensors').hidden = !device;
  if (!device) return;
  const { temperature, target, humidity, state } = fridge.sensor;
  $('measured').textContent = word('measured', { temperature, humidity });
  // A field that somebody is writing in is left alone.
  for (const [id, value] of Object.entries({ temperature, target, humidity, 'sensor-state': state })) {
    if (document.activeElement !== $(id)) $(id).value = value;
  }
  $('target-shown').textContent = `${$('target').value} °C`;
  $('keep-back').checked = device.keepBack;
  $('send').disabled = device.waiting === 0;
  const text = [reportOf(device.report), device.waiting > 0 && word('waiting', { count: device.waiting })];
  $('report').textContent = text.filter(Boolean).join(' ');
}

function reportOf(report) {
  if (!report) return '';
  return word(`report_${report.kind}`, report);
}
