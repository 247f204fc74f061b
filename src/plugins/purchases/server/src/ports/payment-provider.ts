/** The port to the money. `PAYMENTS=record` writes down what the front end says; `stripe` is the billing room. */
import type { Job } from '../../../../../shared/jobs';

export interface PaymentProvider {
  /** Secures the ceiling before the door is asked to open. Safe to call again for the same purchase. Never throws. */
  authorize(request: AuthorizationRequest): Promise<Authorization>;
  /**
   * What `authorize` would answer, from a provider that need ask nobody. Such a purchase is never `requested`: it is born
   * `opening`, with its request stored in the same write, where a line is to be expected, and `authorized` where not.
   */
  authorizeAtOnce?(request: Pick<AuthorizationRequest, 'amount' | 'paymentIntentId'>): AuthorizedAtOnce;
  /** What is to be done about the money when a purchase ends; sent in the transaction that ends it. */
  settle(outcome: PurchaseOutcome): readonly Job[];
  /** Whose card is at a fridge's reader. Never throws. */
  recogniseCard?(paymentMethodId: string): Promise<RecognisedCard>;
  /** Why the payment of a refused purchase was declined, for whoever asked for the door. Never throws. */
  explain?(transactionId: string): Promise<Decline | null>;
}

/** A card as the provider knows it. */
export type RecognisedCard =
  | {
      readonly kind: 'card';
      /** The same for the same card, whatever the id under which it comes. */
      readonly fingerprint: string;
      /** Whose it is at the provider; null where it is nobody's there. */
      readonly providerCustomerId: string | null;
    }
  | { readonly kind: 'unusable' }
  | { readonly kind: 'unavailable' };

export interface Decline {
  /** A stable word: the bank's (`insufficient_funds`), or ours (`requires_action`, `debt_outstanding` …). */
  readonly reason: string;
  readonly paymentIntentId: string | null;
  /** With `requires_action`: what the front end needs to have the customer confirm. Never stored, never logged. */
  readonly clientSecret: string | null;
}

export interface AuthorizationRequest {
  readonly transactionId: string;
  readonly customerId: string;
  /** The ceiling in minor units. */
  readonly amount: number;
  readonly currency: string;
  readonly provider: string;
  readonly paymentIntentId: string | null;
}

export interface Authorized {
  readonly kind: 'authorized';
  readonly amount: number;
  readonly paymentIntentId: string | null;
  readonly paymentState: 'recorded' | 'held' | 'at_risk';
  readonly captureBefore: Date | null;
}

/** A word that is written down does not lapse. */
export type AuthorizedAtOnce = Authorized & { readonly captureBefore: null };

export type Authorization =
  | Authorized
  | { readonly kind: 'declined'; readonly code: string; readonly message: string }
  | { readonly kind: 'unavailable'; readonly message: string };

/** How a purchase ended, as far as money is concerned. A `review` settles nothing: the hold is kept. */
export interface PurchaseOutcome {
  readonly transactionId: string;
  readonly state: 'completed' | 'empty' | 'refused' | 'expired';
  /** To be captured, in minor units; 0 releases the hold. */
  readonly amount: number;
  readonly currency: string;
}
