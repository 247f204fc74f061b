/**
 * What Stripe remembers of a key: https://docs.stripe.com/api/idempotent_requests. A key is taken once execution begins,
 * and its answer is kept, whatever it is, also a 500. Refused parameters and 429 are not execution.
 */
import { Problem } from '../wire/problem';
import type { Answer } from './answer';

/** "At least 24 hours", by the fake's clock. */
const KEPT_MILLISECONDS = 24 * 3_600_000;

interface Remembered {
  readonly endpoint: string;
  readonly body: string;
  readonly at: number;
  answer?: Answer;
}

export type KeyState =
  { readonly kind: 'replay'; readonly answer: Answer } | { readonly kind: 'first'; keep(answer: Answer): void };

export interface Keys {
  /** @throws Problem 409 while another request with the key runs, 400 where it was used for something else. */
  begin(key: string, endpoint: string, body: string): KeyState;
}

export function createKeys(now: () => number): Keys {
  const keys = new Map<string, Remembered>();
  return {
    begin(key, endpoint, body) {
      const known = keys.get(key);
      if (known && now() - known.at < KEPT_MILLISECONDS) {
        if (known.endpoint !== endpoint || known.body !== body) throw usedOtherwise(key, known.endpoint, endpoint);
        if (!known.answer) throw inUse(key);
        return { kind: 'replay', answer: known.answer };
      }
      const mine: Remembered = { endpoint, body, at: now() };
      keys.set(key, mine);
      return { kind: 'first', keep: (answer) => void (mine.answer = answer) };
    },
  };
}

const usedOtherwise = (key: string, first: string, now: string): Problem =>
  new Problem(400, {
    type: 'idempotency_error',
    message:
      first === now
        ? `Keys for idempotent requests can only be used with the same parameters they were first used with. Key: '${key}'.`
        : `Keys for idempotent requests can only be used for the same endpoint they were first used for ('${first}').`,
  });

const inUse = (key: string): Problem =>
  new Problem(
    409,
    {
      type: 'idempotency_error',
      code: 'idempotency_key_in_use',
      message: `There is currently another in-progress request using this Idempotent Key: ${key}`,
    },
    { 'Stripe-Should-Retry': 'true' },
  );
