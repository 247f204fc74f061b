import { FaultError, parseFault, type FaultSpec } from './registry';

const NUMBERS = ['probability', 'times', 'n', 'ms', 'code', 'total', 'bytes'];
const SWITCHES = ['overtake', 'instead', 'busy'];

/**
 * A fault as written on a command line: `cut`, `cut:at=open,probability=0.1`, `delay:frames=taken+closed,ms=100-300`.
 * Throws `FaultError` naming what is wrong.
 */
export function faultFromText(text: string): FaultSpec {
  const [name = '', ...rest] = text.trim().split(':');
  const spec: Record<string, unknown> = { name };
  for (const pair of rest.join(':').split(',').filter(Boolean)) {
    const at = pair.indexOf('=');
    if (at < 1) throw new FaultError(`Fault "${name}": write "${pair}" as parameter=value.`, pair);
    const key = pair.slice(0, at).trim();
    // A second name would quietly make it another fault than the one that was asked for.
    if (key === 'name') throw new FaultError(`Fault "${name}": "name" stands before the colon.`, 'name');
    spec[key] = valueOf(key, pair.slice(at + 1).trim());
  }
  return parseFault(spec);
}

function valueOf(key: string, text: string): unknown {
  if (NUMBERS.includes(key)) {
    const range = /^(\d+)-(\d+)$/.exec(text);
    if (range) return [Number(range[1]), Number(range[2])];
    return text === '' || Number.isNaN(Number(text)) ? text : Number(text);
  }
  if (SWITCHES.includes(key) && (text === 'true' || text === 'false')) return text === 'true';
  if (key === 'frames' && text.includes('+')) return text.split('+');
  return text;
}
