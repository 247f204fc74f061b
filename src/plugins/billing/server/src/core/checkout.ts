/**
 * A checkout: one visit to Stripe's payment form. It is `requested` when its row is written, `open` once Stripe has a session
 * for it. A card that says no makes it `declined`, and the same form takes another card. Some payments take their time:
 * `pending`. It ends `complete` or `expired`, and then never changes.
 */
export const CHECKOUT_STATES = ['requested', 'open', 'pending', 'complete', 'declined', 'expired'] as const;

export type CheckoutState = (typeof CHECKOUT_STATES)[number];

const TRANSITIONS: Readonly<Record<CheckoutState, readonly CheckoutState[]>> = {
  requested: ['open', 'pending', 'complete', 'declined', 'expired'],
  open: ['pending', 'complete', 'declined', 'expired'],
  declined: ['pending', 'complete', 'expired'],
  pending: ['complete', 'declined'],
  complete: [],
  expired: [],
};

/** Where a checkout may have come from to get to `to`: the states a compare-and-set accepts. */
export function checkoutStatesBefore(to: CheckoutState): CheckoutState[] {
  return CHECKOUT_STATES.filter((from) => TRANSITIONS[from].includes(to));
}

export const isEnded = (state: CheckoutState) => TRANSITIONS[state].length === 0;

export type CheckoutMode = 'payment' | 'setup';
export type CheckoutUi = 'embedded' | 'hosted';
/** What is paid: things from the catalogue, debts, or nothing yet (a card for later). */
export type CheckoutPurpose = 'basket' | 'debt' | 'card';

/** One line of what is paid. Amounts in minor units of the checkout's currency. */
export interface CheckoutLine {
  /** Null for a debt. */
  readonly sku: string | null;
  readonly name: string;
  readonly quantity: number;
  readonly unitAmount: number;
  readonly amount: number;
  /** The debt that it settles; null for a product. */
  readonly debtId: string | null;
}

/** A checkout's row, as the room works with it. */
export interface Checkout {
  readonly id: number;
  readonly documentId: string;
  readonly mode: CheckoutMode;
  readonly purpose: CheckoutPurpose;
  readonly ui: CheckoutUi;
  readonly state: CheckoutState;
  readonly requestHash: string | null;
  readonly amount: number;
  readonly currency: string;
  readonly lines: readonly CheckoutLine[];
  readonly stripeSessionId: string | null;
  readonly returnUrl: string | null;
  readonly expiresAt: Date | null;
  readonly createdAt: Date;
  readonly user: { readonly id: number; readonly customerId: string | null };
}

/** The `key` of the payment of a checkout. */
export const checkoutPaymentKey = (documentId: string) => `checkout:${documentId}`;
