import { refuse, type GeneralCode } from '../../../../../shared/http';

/**
 * What the routes of this room's panel may refuse with, beside the general codes. The panel says it in its own language:
 * `larder.refusal.<code>` in src/admin/translations, with the `details` as its values.
 */
export const REFUSALS = ['machine_not_found', 'not_locked', 'already_locked'] as const;

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
