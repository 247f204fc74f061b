/** All objects of one kind, in the order in which they were made. */
export interface Shelf<T extends { id: string }> {
  add(object: T): T;
  get(id: string): T | undefined;
  remove(id: string): void;
  /** Oldest first. */
  all(): T[];
}

export function createShelf<T extends { id: string }>(): Shelf<T> {
  const objects = new Map<string, T>();
  return {
    add(object) {
      objects.set(object.id, object);
      return object;
    },
    get: (id) => objects.get(id),
    remove: (id) => void objects.delete(id),
    all: () => [...objects.values()],
  };
}
