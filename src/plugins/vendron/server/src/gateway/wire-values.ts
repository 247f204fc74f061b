/**
 * Reading single values off a wire that writes numbers as texts, empty objects as `[]`, and one object now bare, now in
 * an array. Every function answers null for what it cannot read; none throws.
 */
import { cutTo } from './scrub';

export type JsonObject = Readonly<Record<string, unknown>>;

/** A plain object, or null. The empty array that stands for "no object" is null too. */
export function asObject(value: unknown): JsonObject | null {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as JsonObject) : null;
}

/** An object that may stand alone or as the first element of an array. */
export function objectOrFirst(value: unknown): JsonObject | null {
  return asObject(Array.isArray(value) ? value[0] : value);
}

/** A finite number, written as a number or as plain decimal text. */
export function asNumber(value: unknown): number | null {
  if (typeof value === 'number') return Number.isFinite(value) ? value : null;
  if (typeof value !== 'string' || !/^\s*-?\d{1,15}(\.\d{1,15})?\s*$/.test(value)) return null;
  return Number(value);
}

/** A text, or a number as its text, cut to `length` characters. Empty and blank texts are null. */
export function asText(value: unknown, length: number): string | null {
  if (typeof value === 'number' && Number.isFinite(value)) return String(value);
  if (typeof value !== 'string') return null;
  const text = value.trim();
  return text === '' ? null : cutTo(text, length);
}
