import { StripeNotNow, type Answer } from '../core/answer';

/**
 * The object that was asked for; undefined where Stripe has none by that id.
 * @throws {StripeNotNow} when Stripe cannot say now: the job is tried again.
 */
export function fetched<Value>(what: string, answer: Answer<Value>): Value | undefined {
  if (answer.kind === 'ok') return answer.value;
  if (answer.kind === 'invalid' && answer.code === 'resource_missing') return undefined;
  throw new StripeNotNow(what, answer);
}

/** An id within the object of an event, also where that holds the whole thing. */
export function idIn(object: Readonly<Record<string, unknown>>, key: string): string | undefined {
  const value = object[key];
  const id = typeof value === 'object' && value !== null ? (value as { id?: unknown }).id : value;
  return typeof id === 'string' ? id : undefined;
}
