import { refusing } from '../../../../../shared/admin';

/** What the routes of this room's panel may refuse with, beside the general codes. */
export const REFUSALS = [
  'transaction_not_found',
  'debt_not_found',
  'debt_not_open',
  'payment_not_found',
  'payment_not_in_review',
  'purchase_undecided',
  'nothing_due',
  'already_charged',
  'stripe_unavailable',
  'payments_recorded',
  'idempotency_conflict',
  'not_captured',
  'payment_in_review',
  'nothing_to_refund',
  'refund_too_large',
  'line_ambiguous',
] as const;

/** Refuses with a code that the panel has a text for. */
export const refuseOperator = refusing(REFUSALS);
