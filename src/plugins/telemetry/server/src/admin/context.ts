/** As much of a request from the panel as this room reads. */
export interface AdminContext {
  params: unknown;
  request: { body?: unknown };
  state: { user?: { id: number } };
  status: number;
  body: unknown;
}

/** Who decided, for the history. */
export function administrator({ state }: AdminContext): string {
  return `admin:${state.user?.id ?? 0}`;
}
