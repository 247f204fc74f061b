import { parseArgs } from 'node:util';
import type { ProductSpec } from '../catalogue';
import { faultFromText } from '../faults/from-text';
import type { SimulatorOptions } from '../options';
import type { Range } from '../range';
import { fridgeOptions } from './fridge-options';
import { jsonFrom } from './json-file';

/** What the command line asks for. */
export interface CliOptions {
  help: boolean;
  quiet: boolean;
  simulator: SimulatorOptions;
}

/** Reads the command line. Throws an Error with a message fit to show where something in it is wrong. */
export function readOptions(args: string[], env: Record<string, string | undefined>): CliOptions {
  const { values } = parseArgs({
    args,
    options: {
      port: { type: 'string', default: '4900' },
      host: { type: 'string' },
      machines: { type: 'string' },
      products: { type: 'string' },
      token: { type: 'string' },
      seed: { type: 'string' },
      fault: { type: 'string', multiple: true, default: [] },
      autoplay: { type: 'boolean', default: false },
      step: { type: 'string', default: '400-1200' },
      'close-after': { type: 'string', default: '500-2000' },
      'request-ttl': { type: 'string' },
      resume: { type: 'string' },
      stock: { type: 'string' },
      larder: { type: 'string' },
      'device-key': { type: 'string', multiple: true },
      'readings-every': { type: 'string', default: '60000' },
      'heartbeat-every': { type: 'string', default: '60000' },
      hold: { type: 'string' },
      quiet: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  const customer = {
    stepMs: range('--step', values.step),
    closeAfterMs: range('--close-after', values['close-after']),
  };
  const simulator: SimulatorOptions = {
    host: values.host,
    port: whole('--port', values.port),
    machines: values.machines === undefined ? undefined : machines(values.machines),
    // What is in a file is checked with all the other options when the simulator starts.
    products: values.products === undefined ? undefined : (jsonFrom('--products', values.products) as ProductSpec[]),
    token: values.token ?? env.SIMULATOR_TOKEN,
    seed: values.seed === undefined ? undefined : whole('--seed', values.seed),
    faults: values.fault.map(faultFromText),
    autoplay: values.autoplay && customer,
    requestTtlMs: values['request-ttl'] === undefined ? undefined : whole('--request-ttl', values['request-ttl']),
    resume: values.resume === undefined ? undefined : resume(values.resume),
    ...fridgeOptions(
      {
        stock: values.stock,
        larder: values.larder ?? env.SIMULATOR_LARDER,
        keys: values['device-key'] ?? listOf(env.SIMULATOR_DEVICE_KEYS),
        hold: values.hold,
      },
      {
        readingsEveryMs: whole('--readings-every', values['readings-every']),
        heartbeatEveryMs: whole('--heartbeat-every', values['heartbeat-every']),
      },
    ),
  };
  return { help: values.help, quiet: values.quiet, simulator };
}

function whole(option: string, text: string): number {
  if (!/^\d{1,15}$/.test(text)) throw new Error(`${option} takes a whole number, not "${text}".`);
  return Number(text);
}

function range(option: string, text: string): Range {
  const match = /^(\d{1,9})(?:-(\d{1,9}))?$/.exec(text);
  if (!match) throw new Error(`${option} takes milliseconds such as 500 or 200-900, not "${text}".`);
  return match[2] === undefined ? Number(match[1]) : [Number(match[1]), Number(match[2])];
}

function machines(text: string): SimulatorOptions['machines'] {
  if (/^\d{1,6}$/.test(text)) return Number(text);
  return text.split(',').map((uid) => ({ uid: uid.trim() }));
}

const listOf = (text = '') => (text === '' ? [] : text.split(','));

function resume(text: string): 'on-check' | 'never' {
  if (text === 'on-check' || text === 'never') return text;
  throw new Error(`--resume takes on-check or never, not "${text}".`);
}
