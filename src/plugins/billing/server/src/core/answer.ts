/**
 * What became of one call to Stripe. Which of these it is decides what may be done next: after `unclear` the object is
 * looked at before anything is repeated, because the call may have taken effect.
 */
import type Stripe from 'stripe';

export type Answer<Value> =
  | { readonly kind: 'ok'; readonly value: Value }
  | Declined
  | Invalid
  /** Nothing happened: too many requests, a lock, or the same key is in use at this moment. The same key again, later. */
  | { readonly kind: 'busy'; readonly message: string }
  /**
   * Nobody knows whether it took effect: no answer in time, a broken connection, a 5xx. `isKept` where Stripe itself
   * answered: it keeps that answer under the idempotency key, so that the same key would only bring it again.
   */
  | { readonly kind: 'unclear'; readonly isKept: boolean; readonly message: string }
  /** Not sent: Stripe did not answer lately and is left alone for some seconds. */
  | { readonly kind: 'unavailable'; readonly message: string };

/** The bank, or Stripe's own checks, said no. */
export interface Declined {
  readonly kind: 'declined';
  /** Stripe's decline code where there is one (`insufficient_funds`), else its error code (`card_declined`). */
  readonly code: string;
  readonly message: string;
  readonly intent: Stripe.PaymentIntent | null;
}

/** Stripe says the request makes no sense as things are: an object that is not there, or is in another state. */
export interface Invalid {
  readonly kind: 'invalid';
  readonly code: string;
  readonly message: string;
}

/** Answers after which the work is left for later. */
export type NotNow = Extract<Answer<never>, { kind: 'busy' | 'unclear' | 'unavailable' }>;

/** Stripe could not be asked, or its answer is not known. The job that met it is tried again. */
export class StripeNotNow extends Error {
  readonly code = 'stripe_not_now';

  constructor(what: string, answer: NotNow | Invalid | Declined) {
    super(`${what}: ${answer.kind} (${answer.message})`);
    this.name = 'StripeNotNow';
  }
}
