import type { MealSpec } from '../fridge/meal';
import type { SimulatorOptions } from '../options';
import { jsonFrom } from './json-file';

/** What the command line or the environment says of the inside of the fridges, as text. */
export interface FridgeTexts {
  readonly stock: string | undefined;
  readonly larder: string | undefined;
  /** Each `UID=KEY`. */
  readonly keys: readonly string[];
  readonly hold: string | undefined;
}

type Chosen = Pick<SimulatorOptions, 'stock' | 'larder' | 'device'>;

/** Reads them. Throws an Error with a message fit to show, which never repeats a key. */
export function fridgeOptions(
  { stock, larder, keys, hold }: FridgeTexts,
  pace: { readonly readingsEveryMs: number; readonly heartbeatEveryMs: number },
): Chosen {
  if (keys.length > 0 && larder === undefined) throw new Error('--device-key needs --larder: whom shall it speak to?');
  if (larder !== undefined && keys.length === 0)
    throw new Error('--larder needs a --device-key: who shall speak to it?');
  if (stock === 'larder' && larder === undefined) throw new Error('--stock larder needs --larder: whose books?');
  return {
    stock: stock === undefined ? undefined : stockOf(stock),
    larder: larder === undefined ? undefined : { url: larder, keys: Object.fromEntries(keys.map(keyOf)) },
    device: { ...pace, ...(hold !== undefined && { hold: holdOf(hold) }) },
  };
}

function stockOf(text: string): number | 'larder' | MealSpec[] {
  if (text === 'larder') return text;
  return /^\d{1,3}$/.test(text) ? Number(text) : (jsonFrom('--stock', text) as MealSpec[]);
}

function keyOf(text: string): [uid: string, key: string] {
  const [, uid, key] = /^(.+)=(ldk_\S+)$/.exec(text.trim()) ?? [];
  if (uid === undefined || key === undefined)
    throw new Error('--device-key takes a fridge and its key, such as M1=ldk_….');
  return [uid, key];
}

function holdOf(text: string) {
  const [, amount, currency] = /^(\d{1,12}) ?([A-Z]{3})$/.exec(text) ?? [];
  if (currency === undefined)
    throw new Error(`--hold takes minor units and a currency such as "2500 EUR", not "${text}".`);
  return { amount: Number(amount), currency };
}
