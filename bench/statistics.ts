/** The value that this share of the values is below, e.g. 0.5 for the median. NaN of nothing. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? NaN;
}

export const median = (values: readonly number[]) => percentile(values, 0.5);
export const p99 = (values: readonly number[]) => percentile(values, 0.99);
