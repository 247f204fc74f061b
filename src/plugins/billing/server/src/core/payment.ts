/**
 * The states of a payment.
 *
 * A payment is `requested` when its row is written and Stripe's answer is not known yet. A hold that stands is `held`; where
 * Stripe is away a known customer may be trusted instead, which is `at_risk`. Stripe may say no (`declined`) or ask for the
 * customer (`action_required`): an intent that the customer then confirms comes back with a later purchase, and this payment
 * is `handed_over`.
 *
 * When the purchase ends, the payment is `capturing` or `releasing`: what is wanted is written down, and Stripe is asked until
 * it has happened: `captured`, `released`; what was sold on trust and then declined becomes a debt. Where what Stripe says fits neither (a hold that lapsed, an intent somebody else
 * cancelled), the payment is in `review` and a person decides: charge anew, let it be a debt, or let it go.
 *
 * A payment never goes back: what comes late (a webhook, a second run of a job) changes nothing.
 */
export const PAYMENT_STATES = [
  'requested',
  'held',
  'at_risk',
  'action_required',
  'capturing',
  'captured',
  'releasing',
  'released',
  'declined',
  'handed_over',
  'review',
] as const;

export type PaymentState = (typeof PAYMENT_STATES)[number];

export const PAYMENT_TRANSITIONS: Readonly<Record<PaymentState, readonly PaymentState[]>> = {
  requested: ['held', 'at_risk', 'action_required', 'declined', 'captured', 'releasing', 'released', 'review'],
  held: ['capturing', 'captured', 'releasing', 'released', 'review'],
  at_risk: ['capturing', 'releasing', 'released', 'review'],
  action_required: ['handed_over', 'releasing', 'released', 'declined'],
  capturing: ['captured', 'declined', 'review'],
  releasing: ['released', 'review'],
  review: ['capturing', 'captured', 'released', 'releasing'],
  captured: [],
  released: [],
  declined: [],
  handed_over: [],
};

/** Where a payment may have come from to get to `to`: the states a compare-and-set accepts. */
export function statesBefore(to: PaymentState): PaymentState[] {
  return PAYMENT_STATES.filter((from) => PAYMENT_TRANSITIONS[from].includes(to));
}

export type PaymentPurpose = 'purchase' | 'checkout' | 'debt' | 'subscription';

/** A payment's row, as the room works with it. Amounts in minor units of `currency`. */
export interface Payment {
  readonly id: number;
  readonly documentId: string;
  readonly key: string;
  readonly purpose: PaymentPurpose;
  readonly state: PaymentState;
  readonly authorizedAmount: number;
  /** What is to be captured, once that is known. */
  readonly captureAmount: number | null;
  readonly capturedAmount: number;
  readonly refundedAmount: number;
  readonly currency: string;
  readonly paymentIntentId: string | null;
  readonly chargeId: string | null;
  readonly stripeCustomerId: string | null;
  readonly paymentMethodId: string | null;
  readonly isTakenOver: boolean;
  readonly createdAt: Date;
  /** Of the purchase it belongs to, where it belongs to one. */
  readonly transaction: { readonly id: number; readonly documentId: string } | null;
  readonly user: { readonly id: number; readonly customerId: string | null } | null;
  readonly machine: { readonly id: number; readonly documentId: string } | null;
}
