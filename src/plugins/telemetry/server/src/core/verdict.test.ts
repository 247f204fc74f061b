import { verdictOf, type Facts } from './verdict';

const newest = { at: Date.UTC(2026, 10, 21, 10), minutesAgo: 1, temperature: 350, humidity: 6000 };
const limits = { temperatureMin: null, temperatureMax: 500, humidityMax: 8000, minutesOutside: 30, silenceMinutes: 30 };
const well: Facts = { online: true, lock: null, limits, newest, incidents: 0 };

it.each<[string, Partial<Facts>, string, string[]]>([
  ['well', {}, 'ok', []],
  ['without a device or limits', { newest: null, limits: null, online: null }, 'ok', []],
  ['warm, and nobody says how cold it should be', { limits: null, newest: { ...newest, temperature: 4000 } }, 'ok', []],
  ['warm for a moment', { newest: { ...newest, temperature: 501 } }, 'attention', ['temperature_outside']],
  ['damp', { newest: { ...newest, humidity: 8001 } }, 'attention', ['humidity_high']],
  ['silent', { newest: { ...newest, minutesAgo: 31 } }, 'attention', ['readings_missing']],
  ['offline', { online: false }, 'attention', ['offline']],
  ['with an incident', { incidents: 2 }, 'attention', ['incidents_open']],
  ['locked by a person', { lock: { cause: 'operator', reason: 'Cleaning' } }, 'locked', ['locked_operator']],
  [
    'locked, warm, offline',
    { lock: { cause: 'temperature', reason: null }, newest: { ...newest, temperature: 900 }, online: false },
    'locked',
    ['locked_temperature', 'temperature_outside', 'offline'],
  ],
])('a fridge that is %s', (_, facts, verdict, codes) => {
  const found = verdictOf({ ...well, ...facts });
  expect([found.verdict, found.reasons.map(({ code }) => code)]).toEqual([verdict, codes]);
  for (const { message } of found.reasons) expect(message).toMatch(/^[A-Z].*\.$|^Cleaning$/);
});
