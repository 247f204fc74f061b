import { z } from 'zod';
import type { FieldFault } from './refuse';

export type Parsed<Value> =
  { readonly ok: true; readonly value: Value } | { readonly ok: false; readonly faults: readonly FieldFault[] };

/** What a caller is told at most: of so many faults, and so much of a key that nobody knows. */
const MOST_FAULTS = 100;
const LONGEST_KEY = 120;

/** Checks what came from outside; a fault names its field as the caller wrote it, e.g. `payment.amount`. */
export function parse<Schema extends z.ZodType>(schema: Schema, input: unknown): Parsed<z.output<Schema>> {
  const result = schema.safeParse(input);
  if (result.success) return { ok: true, value: result.data };
  return { ok: false, faults: result.error.issues.flatMap(faultsOf).slice(0, MOST_FAULTS) };
}

function faultsOf(issue: z.core.$ZodIssue): FieldFault[] {
  const named = (path: readonly PropertyKey[]) => path.map(String).join('.') || 'body';
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => ({
      field: named([...issue.path, key.slice(0, LONGEST_KEY)]),
      message: 'is not known',
    }));
  }
  return [{ field: named(issue.path), message: asks(issue) ? 'is needed' : issue.message }];
}

/** Zod's own words for what is absent; a schema that has words of its own keeps them. */
function asks(issue: z.core.$ZodIssue): boolean {
  return issue.code === 'invalid_type' && issue.message.endsWith(' received undefined');
}

// PostgreSQL has no place for NUL, and a lone surrogate is not valid UTF-8.
const UNSTORABLE = /\u0000|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/;

/** Text that can be stored: trimmed, not empty, at most `max` characters, without NUL. */
export function storableText(max: number) {
  return z
    .string('must be a text')
    .trim()
    .min(1, 'must not be empty')
    .max(max, `must have at most ${max} characters`)
    .refine((text) => !UNSTORABLE.test(text), 'must not contain NUL or broken characters');
}

/** Text that may be left out. An empty one counts as left out: front ends fill a field that they cannot drop with "". */
export function optionalText(max: number) {
  const leftOut = (given: unknown) => (typeof given === 'string' && given.trim() === '' ? null : given);
  return z.preprocess(leftOut, storableText(max).nullish()).optional();
}

/** Whether a JSON value can be stored as it is. */
export function isStorable(value: unknown): boolean {
  if (typeof value === 'string') return !UNSTORABLE.test(value);
  if (Array.isArray(value)) return value.every(isStorable);
  if (typeof value !== 'object' || value === null) return true;
  return Object.entries(value).every(([key, entry]) => !UNSTORABLE.test(key) && isStorable(entry));
}
