export interface Conditions {
  /** Adds a condition on a value; none where the value is not given. */
  where(condition: (placeholder: string) => string, value: unknown): void;
  /** What the placeholders stand for so far, to be added to. */
  readonly values: unknown[];
  /** All of them, with `where` before them; nothing where there are none. */
  clause(): string;
}

/** The conditions of a search whose parts may each be left out. */
export function createConditions(): Conditions {
  const values: unknown[] = [];
  const conditions: string[] = [];
  return {
    values,
    where(condition, value) {
      if (value === undefined || value === null) return;
      values.push(value);
      conditions.push(condition(`$${values.length}`));
    },
    clause: () => (conditions.length > 0 ? `where ${conditions.join(' and ')}` : ''),
  };
}
