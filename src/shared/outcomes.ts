/** A value of a closed union that no case took: a compile-time proof first, a loud failure if the proof was evaded. */
export function unreachable(value: never): never {
  throw new Error(`Unhandled case: ${JSON.stringify(value)}`);
}
