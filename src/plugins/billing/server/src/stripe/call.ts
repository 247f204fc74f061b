/**
 * Every call to Stripe goes through here: its failures become values, and after several without an answer Stripe is left
 * alone for a while, so that a door is refused at once rather than after a time-out each.
 */
import { BrokenCircuitError, CircuitState, ConsecutiveBreaker, circuitBreaker, handleWhen } from 'cockatiel';
import Stripe from 'stripe';
import type { Answer } from '../core/answer';

/** Makes one call. Never throws, except for a fault of ours. */
export type StripeCall = <Value>(work: (stripe: Stripe) => Promise<Value>) => Promise<Answer<Value>>;

export interface StripeLine {
  readonly call: StripeCall;
  /** Whether Stripe is asked at the moment, rather than left alone. */
  isUp(): boolean;
}

export interface StripeLineOptions {
  /** Calls without an answer in a row before Stripe is left alone; default 4. */
  readonly failuresToRest?: number;
  /** How long it is left alone, in milliseconds; default 5,000. */
  readonly restMs?: number;
  readonly onDown?: (reason: string) => void;
  readonly onUp?: () => void;
}

export function createStripeLine(stripe: Stripe, options: StripeLineOptions = {}): StripeLine {
  const breaker = circuitBreaker(handleWhen(isSilence), {
    halfOpenAfter: options.restMs ?? 5000,
    breaker: new ConsecutiveBreaker(options.failuresToRest ?? 4),
  });
  // After a start nobody knows how it was before: the first answer tells.
  let known: 'up' | 'down' | undefined;
  breaker.onBreak((reason) => {
    if (known !== 'down') options.onDown?.('error' in reason ? reason.error.message : 'no answer');
    known = 'down';
  });
  const answered = () => {
    if (known !== 'up') options.onUp?.();
    known = 'up';
  };

  return {
    async call(work) {
      try {
        const value = await breaker.execute(() => work(stripe));
        answered();
        return { kind: 'ok', value };
      } catch (error) {
        return answerOf(error);
      }
    },
    isUp: () => breaker.state === CircuitState.Closed,
  };
}

/** No answer, or one of Stripe's own failures: what the breaker counts. A decline is an answer. */
function isSilence(error: Error): boolean {
  return error instanceof Stripe.errors.StripeConnectionError || error instanceof Stripe.errors.StripeAPIError;
}

function answerOf(error: unknown): Exclude<Answer<never>, { kind: 'ok' }> {
  if (error instanceof BrokenCircuitError) {
    return { kind: 'unavailable', message: 'Stripe did not answer lately.' };
  }
  if (!(error instanceof Stripe.errors.StripeError)) throw error;
  const { message } = error;
  if (error instanceof Stripe.errors.StripeCardError) {
    const code = error.decline_code ?? error.code ?? 'card_declined';
    return { kind: 'declined', code, message, intent: error.payment_intent ?? null };
  }
  // https://docs.stripe.com/error-codes: both a 429, and neither has begun anything.
  if (error instanceof Stripe.errors.StripeRateLimitError || error.code === 'lock_timeout') {
    return { kind: 'busy', message };
  }
  // 409 `idempotency_key_in_use`: the first request with this key still runs.
  if (error.statusCode === 409) return { kind: 'busy', message };
  if (error instanceof Stripe.errors.StripeConnectionError) return { kind: 'unclear', isKept: false, message };
  if (error.statusCode === undefined || error.statusCode >= 500) return { kind: 'unclear', isKept: true, message };
  return { kind: 'invalid', code: error.code ?? error.type, message };
}
