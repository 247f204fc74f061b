/** What is said of a meal, by a scanner or in a file. */
import { z } from 'zod';
import { parse, storableText, type Parsed } from '../../../../../shared/http';
import type { ItemIn } from '../core/plan-in';

/** Code 128 prints these, and a list of them is written with commas. */
export const barcode = z
  .string('must be a text')
  .trim()
  .min(1, 'must not be empty')
  .max(80, 'must have at most 80 characters')
  .regex(/^[\x21-\x2b\x2d-\x7e]*$/, 'must have ASCII letters, digits and signs only, no comma, no space');

export const quantity = (min: number) =>
  z
    .number('must be a whole number')
    .int('must be a whole number')
    .min(min, `must be at least ${min}`)
    .max(10_000, 'must be at most 10000');

const LATEST = Date.UTC(2100, 0);
const day = z.iso.date();
const moment = z.iso.datetime({ offset: true });

/** A day stays a text: where it ends depends on the machine. */
const expiry = z
  .string('must be a date like 2026-12-01, or a time with its zone')
  .trim()
  .refine((text) => day.safeParse(text).success || moment.safeParse(text).success, {
    error: 'must be a date like 2026-12-01, or a time with its zone',
    abort: true,
  })
  .transform((text) => (day.safeParse(text).success ? text : Date.parse(text)))
  .refine((at) => {
    const time = typeof at === 'number' ? at : Date.parse(at);
    return time >= Date.UTC(2000, 0) && time < LATEST;
  }, 'must be in this century');

const details = {
  lot: storableText(80).nullish(),
  expiresAt: expiry.nullish(),
  area: z.enum(['free_for_all', 'subscription'], 'must be free_for_all or subscription').nullish(),
  reservedFor: z
    .union([storableText(120), z.number().int().nonnegative()], 'must be a text or a whole number')
    .transform(String)
    .nullish(),
  labelName: storableText(80).nullish(),
};

const meal = z.strictObject({ barcode, sku: storableText(120).nullish(), ...details });
const product = z.strictObject({ sku: storableText(120), quantity: quantity(1) });

/** One entry: a meal by its barcode, or so many of a product that have none. */
export function parseItem(given: unknown): Parsed<ItemIn> {
  if (typeof given === 'object' && given !== null && 'barcode' in given) {
    const parsed = parse(meal, given);
    if (!parsed.ok) return parsed;
    const { barcode: code, sku, lot, expiresAt, area, reservedFor, labelName } = parsed.value;
    const value = { barcode: code, sku: sku ?? null, quantity: 1, lot: lot ?? null, expiresAt: expiresAt ?? null };
    return {
      ok: true,
      value: { ...value, area: area ?? null, reservedFor: reservedFor ?? null, labelName: labelName ?? null },
    };
  }
  const parsed = parse(product, given);
  if (!parsed.ok) return parsed;
  const unsaid = { barcode: null, lot: null, expiresAt: null, area: null, reservedFor: null, labelName: null };
  return { ok: true, value: { ...unsaid, ...parsed.value } };
}
