/** How the sweep cuts time. Pure; all in whole seconds since the epoch. */

/** `to` is null for the last one: it reaches into what a clock ahead of ours calls now. */
export interface Slice {
  readonly from: number;
  readonly to: number | null;
}

export function nextSlice(reached: number, span: number, now: number): Slice {
  const to = reached + Math.max(span, 1);
  return { from: reached, to: to >= now ? null : to };
}

/** The span after one that held too much. */
export function fitSlice(span: number): number {
  return Math.max(1, Math.floor(span / 4));
}
