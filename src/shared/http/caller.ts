/** Who calls: a front end with an API token, which speaks for its customers; one customer by log-in; or anybody. */
export type Caller =
  | { readonly kind: 'front_end'; readonly name: string }
  | { readonly kind: 'customer'; readonly name: string; readonly userId: number; readonly customerId: string | null }
  | { readonly kind: 'anybody'; readonly name: string };

interface AuthState {
  auth?: { strategy?: { name?: string }; credentials?: unknown };
  user?: { id: number; customerId?: string | null };
}

/** Reads what Strapi's authentication left in `ctx.state`. `name` is the space in which idempotency keys are unique. */
export function callerOf(state: AuthState): Caller {
  if (state.auth?.strategy?.name === 'content-api-token') {
    const { id } = (state.auth.credentials ?? {}) as { id?: number };
    return { kind: 'front_end', name: `token:${id ?? 0}` };
  }
  if (state.user) {
    const { id, customerId } = state.user;
    return { kind: 'customer', name: `user:${id}`, userId: id, customerId: customerId ?? null };
  }
  return { kind: 'anybody', name: 'anybody' };
}

/** Whose purchases a caller may see: null is everybody's. No user has the id 0. */
export function visibleUserId(caller: Caller): number | null {
  if (caller.kind === 'front_end') return null;
  return caller.kind === 'customer' ? caller.userId : 0;
}
