/** Who calls: a front end with an API token, which is trusted to speak for its customers, or one customer by log-in. */
export interface Caller {
  /** Stable name of the caller: the space in which idempotency keys are unique. */
  readonly name: string;
  /** The customer who is logged in; null for an API token. */
  readonly user: { readonly id: number; readonly customerId: string | null } | null;
}

interface AuthState {
  auth?: { strategy?: { name?: string }; credentials?: unknown };
  user?: { id: number; customerId?: string | null };
}

/** Reads what Strapi's authentication left in `ctx.state`. */
export function callerOf(state: AuthState): Caller {
  if (state.auth?.strategy?.name === 'api-token') {
    const { id } = (state.auth.credentials ?? {}) as { id?: number };
    return { name: `token:${id ?? 0}`, user: null };
  }
  if (state.user) return { name: `user:${state.user.id}`, user: { id: state.user.id, customerId: state.user.customerId ?? null } };
  // A route granted to the public role: such a caller has no purchases, and no user has this id.
  return { name: 'public', user: { id: 0, customerId: null } };
}
