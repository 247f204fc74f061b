/** As much of a request from the panel as Larder reads. */
export interface AdminContext {
  params: unknown;
  request: { body?: unknown };
  state: { user?: { id: number } };
  status: number;
  body: unknown;
  get(header: string): string;
}

/** Who decided, for the books: an administrator's row id says nothing to anybody else. */
export function administrator({ state }: Pick<AdminContext, 'state'>): string {
  return `admin:${state.user?.id ?? 0}`;
}
