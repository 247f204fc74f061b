import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describeFaults } from '../faults/describe';
import { helpText } from './help';
import { formatLine } from './log-line';
import { readOptions } from './options';

const read = (...args: string[]) => readOptions(args, {});

test('the usual: port 4900, no faults, no autoplay', () => {
  expect(read()).toMatchObject({ help: false, quiet: false, simulator: { port: 4900, faults: [], autoplay: false } });
});

test('everything at once', () => {
  const text =
    '--port 5000 --machines 5 --seed 7 --fault wrong-ref:mode=null --fault cut:at=open --autoplay --close-after 0 --resume never';
  expect(read(...text.split(' ')).simulator).toMatchObject({
    port: 5000,
    machines: 5,
    seed: 7,
    faults: [
      { name: 'wrong-ref', mode: 'null' },
      { name: 'cut', at: 'open' },
    ],
    autoplay: { stepMs: [400, 1200], closeAfterMs: 0 },
    resume: 'never',
  });
});

test('machines by name, products from a file, the token from the environment', () => {
  const file = join(mkdtempSync(join(tmpdir(), 'simulator-')), 'products.json');
  writeFileSync(file, '[{"vpn":"1","name":"Soup","unitPrice":"4.00"}]');
  const { simulator } = readOptions(['--machines', 'A,B', '--products', file], { SIMULATOR_TOKEN: 'hush' });
  expect(simulator).toMatchObject({
    machines: [{ uid: 'A' }, { uid: 'B' }],
    products: [{ name: 'Soup' }],
    token: 'hush',
  });
});

const KEY = `ldk_${'k'.repeat(43)}`;
test('the inside of fridges: stock, Larder and its keys, from the command line or the environment', () => {
  const file = join(mkdtempSync(join(tmpdir(), 'simulator-')), 'stock.json');
  writeFileSync(file, '[{"barcode":"L-1","vpn":"1001"}]');
  expect(read()).toMatchObject({ simulator: { stock: undefined, larder: undefined } });
  const args = ['--stock', file, '--larder', 'http://l:1', '--device-key', `M1=${KEY}`, '--device-key', `M=2=${KEY}`];
  expect(read(...args, '--hold', '2500 EUR', '--readings-every', '0').simulator).toMatchObject({
    stock: [{ barcode: 'L-1' }],
    larder: { url: 'http://l:1', keys: { M1: KEY, 'M=2': KEY } },
    device: { readingsEveryMs: 0, heartbeatEveryMs: 60_000, hold: { amount: 2500, currency: 'EUR' } },
  });
  const env = { SIMULATOR_LARDER: 'http://l:2', SIMULATOR_DEVICE_KEYS: `M1=${KEY}, M2=${KEY}` };
  expect(readOptions(['--stock', '3'], env).simulator).toMatchObject({
    stock: 3,
    larder: { url: 'http://l:2', keys: { M1: KEY, M2: KEY } },
  });
});

test.each([
  [['--port', 'x'], '--port takes a whole number, not "x".'],
  [['--close-after', 'soon'], '--close-after takes milliseconds'],
  [['--resume', 'maybe'], '--resume takes on-check or never'],
  [['--fault', 'cat'], 'There is no fault "cat".'],
  [['--products', '/nowhere.json'], '--products /nowhere.json: ENOENT'],
  [['--stock', '/nowhere.json'], '--stock /nowhere.json: ENOENT'],
  [['--larder', 'http://l'], '--larder needs a --device-key'],
  [['--device-key', `M1=${KEY}`], '--device-key needs --larder'],
  [['--larder', 'http://l', '--device-key', 'M1'], '--device-key takes a fridge and its key'],
  [['--stock', 'larder'], '--stock larder needs --larder'],
  [['--hold', '25'], '--hold takes minor units and a currency such as "2500 EUR", not "25".'],
  [['--bogus'], "Unknown option '--bogus'"],
  [['stray'], 'Unexpected argument'],
])('%j is refused with a reason', (args, reason) => expect(() => read(...args)).toThrow(reason));

test('the help names every option and every fault', () => {
  const text = helpText();
  for (const { name } of describeFaults()) expect(text).toContain(`  ${name} `);
  expect(text).toContain('command=request|check|door|complete code=-5 as=number|string message=…');
  for (const option of [
    'port',
    'host',
    'machines',
    'token',
    'seed',
    'fault',
    'autoplay',
    'resume',
    'stock',
    'larder',
    'device-key',
    'hold',
  ]) {
    expect(text).toContain(`--${option}`);
  }
});

test('a line shows time, direction, line, machine and name, and no control character', () => {
  const line = {
    at: Date.UTC(2024, 0, 1, 9, 8, 7, 65),
    direction: 'in',
    connection: 3,
    machine: 'M\u001b[2J',
    name: 'x\ny',
  } as const;
  expect(formatLine(line)).toBe('09:08:07.065 -> #3    M?[2J  x?y');
});
