/** Errors in Stripe's shape: https://docs.stripe.com/api/errors */
import type Stripe from 'stripe';

export interface ProblemDetails {
  readonly type: 'api_error' | 'card_error' | 'idempotency_error' | 'invalid_request_error';
  readonly message: string;
  readonly code?: string;
  readonly decline_code?: string;
  readonly param?: string;
  readonly charge?: string;
  readonly payment_intent?: Stripe.PaymentIntent;
  readonly payment_method?: Stripe.PaymentMethod;
}

/** What a handler throws to answer an error. Thrown inside the fake only; a caller gets it as JSON. */
export class Problem extends Error {
  constructor(
    readonly status: number,
    readonly details: ProblemDetails,
    readonly headers: Readonly<Record<string, string>> = {},
  ) {
    super(details.message);
  }
}

export const invalid = (message: string, more: Omit<Partial<ProblemDetails>, 'message' | 'type'> = {}): Problem =>
  new Problem(400, { type: 'invalid_request_error', message, ...more });

export const missing = (what: string, id: string, param = 'id'): Problem =>
  new Problem(404, {
    type: 'invalid_request_error',
    code: 'resource_missing',
    message: `No such ${what}: '${id}'`,
    param,
  });

export const brokenInside = (status: number): Problem =>
  new Problem(status, { type: 'api_error', message: 'An error occurred within the fake Stripe, as asked.' });
