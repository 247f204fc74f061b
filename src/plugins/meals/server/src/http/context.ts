import { callerOf, refuse } from '../../../../../shared/http';

/** As much of a request as this room reads. */
export interface Context {
  readonly params: unknown;
  readonly query: unknown;
  readonly request: { readonly body?: unknown };
  readonly state: Parameters<typeof callerOf>[0];
  status: number;
  body: unknown;
  get(header: string): string;
}

/**
 * Who fills and empties machines does so with an API token of their own.
 * @returns e.g. `token:3`; null where the call was refused.
 */
export function operatorOf(ctx: Context): string | null {
  const caller = callerOf(ctx.state);
  if (caller.kind === 'front_end') return caller.name;
  refuse(ctx, 403, 'forbidden', 'Only an API token may do this.');
  return null;
}

export function refuseMachine(ctx: Context): void {
  refuse(ctx, 404, 'machine_not_found', 'There is no such machine.');
}
