/** The last `capacity` items pushed. Nothing here grows for ever: a simulator may run for weeks. */
export class Ring<T> {
  private items: T[] = [];
  private oldest = 0;

  constructor(private readonly capacity: number) {}

  push(item: T): void {
    if (this.items.length < this.capacity) {
      this.items.push(item);
      return;
    }
    this.items[this.oldest] = item;
    this.oldest = (this.oldest + 1) % this.capacity;
  }

  /** The items, oldest first, as a copy. */
  toArray(): T[] {
    return [...this.items.slice(this.oldest), ...this.items.slice(0, this.oldest)];
  }
}
