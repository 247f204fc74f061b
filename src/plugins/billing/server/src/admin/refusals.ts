import { refuse, type GeneralCode } from '../../../../../shared/http';

/**
 * What the routes of this room's panel may refuse with, beside the general codes. The panel says it in its own language:
 * `larder.refusal.<code>` in src/admin/translations, with the `details` as its values.
 */
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
] as const;

/** {@link refuse}, with a code that the panel has a text for. */
export function refuseOperator(
  ctx: Parameters<typeof refuse>[0],
  status: number,
  code: (typeof REFUSALS)[number] | GeneralCode,
  message: string,
  details?: Readonly<Record<string, unknown>>,
): void {
  refuse(ctx, status, code, message, details);
}
