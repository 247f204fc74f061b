/** Reads parameters by a shape whose keys and types are the package's own, and refuses what the shape does not name. */
import type Stripe from 'stripe';
import type { Form, FormValue } from './form';
import { invalid, type Problem } from './problem';

export type Reader<V> = (value: FormValue, name: string) => V;
export type Shape<T> = { readonly [K in keyof T]?: Reader<Exclude<T[K], undefined>> };

/** @throws Problem 400 `parameter_unknown` or `parameter_missing`, naming the parameter. */
export function readParams<T>(shape: Shape<T>, needs: readonly (keyof T & string)[], form: Form, prefix = ''): T {
  const read: Record<string, unknown> = {};
  const readers = shape as Record<string, Reader<unknown> | undefined>;
  for (const [key, value] of Object.entries(form)) {
    const name = prefix ? `${prefix}[${key}]` : key;
    const reader = Object.hasOwn(readers, key) ? readers[key] : undefined;
    if (!reader) throw unknownParameter(name);
    read[key] = reader(value, name);
  }
  for (const key of needs) {
    const name = prefix ? `${prefix}[${key}]` : key;
    if (read[key] === undefined || read[key] === '') {
      throw invalid(`Missing required param: ${name}.`, { code: 'parameter_missing', param: name });
    }
  }
  return read as T;
}

const unknownParameter = (name: string): Problem =>
  invalid(`Received unknown parameter: ${name}`, { code: 'parameter_unknown', param: name });

export const text: Reader<string> = (value, name) => {
  if (typeof value === 'string') return value;
  throw invalid(`Invalid string: ${name}`, { param: name });
};

export const integer: Reader<number> = (value, name) => {
  if (typeof value === 'string' && /^-?\d{1,15}$/.test(value)) return Number(value);
  throw invalid(`Invalid integer: ${String(value)}`, { code: 'parameter_invalid_integer', param: name });
};

export const bool: Reader<boolean> = (value, name) => {
  if (value === 'true' || value === 'false') return value === 'true';
  throw invalid(`Invalid boolean: ${String(value)}`, { param: name });
};

export const oneOf =
  <const V extends string>(...values: V[]): Reader<V> =>
  (value, name) => {
    const known = values.find((candidate) => candidate === value);
    if (known !== undefined) return known;
    throw invalid(`Invalid ${name}: must be one of ${values.join(', ')}`, { param: name });
  };

/** Stripe unsets a field that is sent empty. */
export const clearable =
  <V>(reader: Reader<V>): Reader<V | ''> =>
  (value, name) =>
    value === '' ? '' : reader(value, name);

export const listOf =
  <V>(reader: Reader<V>): Reader<V[]> =>
  (value, name) => {
    if (Array.isArray(value)) return value.map((item, index) => reader(item, `${name}[${index}]`));
    throw invalid(`Invalid array: ${name}`, { param: name });
  };

export const objectOf =
  <T>(shape: Shape<T>, needs: readonly (keyof T & string)[] = []): Reader<T> =>
  (value, name) => {
    if (typeof value === 'object' && !Array.isArray(value)) return readParams(shape, needs, value, name);
    throw invalid(`Invalid object: ${name}`, { param: name });
  };

/** At most 50 keys of 40 characters with values of 500: https://docs.stripe.com/metadata */
export const metadata: Reader<Record<string, string>> = (value, name) => {
  if (value === '') return {};
  const entries: [string, string][] = [];
  for (const [key, inner] of Object.entries(typeof value === 'object' ? value : { '': [] })) {
    if (typeof inner !== 'string') throw invalid(`Invalid hash: ${name}`, { param: name });
    entries.push([key, inner]);
  }
  const tooLong = entries.find(([key, inner]) => key.length > 40 || inner.length > 500);
  if (tooLong || entries.length > 50) {
    throw invalid('Metadata holds at most 50 keys of 40 characters, with values of 500.', { param: name });
  }
  return Object.fromEntries(entries);
};

export const range: Reader<Stripe.RangeQueryParam | number> = (value, name) =>
  typeof value === 'string'
    ? integer(value, name)
    : objectOf<Stripe.RangeQueryParam>({ gt: integer, gte: integer, lt: integer, lte: integer })(value, name);

/** What all lists take. */
export const paging = {
  limit: integer,
  starting_after: text,
  ending_before: text,
  expand: listOf(text),
} satisfies Shape<Stripe.PaginationParams & { expand?: string[] }>;
