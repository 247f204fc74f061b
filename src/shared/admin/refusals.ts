import { refuse, type GeneralCode } from '../http';

/**
 * {@link refuse}, with nothing but the general codes and these. The panel says each in its own language:
 * `larder.refusal.<code>` in src/admin/translations, with the `details` as its values.
 */
export function refusing<const Code extends string>(_codes: readonly Code[]) {
  return (
    ctx: Parameters<typeof refuse>[0],
    status: number,
    code: Code | GeneralCode,
    message: string,
    details?: Readonly<Record<string, unknown>>,
  ): void => refuse(ctx, status, code, message, details);
}
