/**
 * Many things that fall due after the same span, on one timer: with equal spans the order of arrival is the order of
 * falling due, so only the first one needs a clock. A thousand lingering lines cost one timer.
 */
export class Deadlines<T> {
  private readonly dueAt = new Map<T, number>();
  private timer: NodeJS.Timeout | undefined;

  /** `onDue` is called once for each item that is still here `afterMs` milliseconds after it was added. */
  constructor(
    private readonly afterMs: number,
    private readonly onDue: (item: T) => void,
  ) {}

  get size(): number {
    return this.dueAt.size;
  }

  add(item: T): void {
    this.dueAt.set(item, performance.now() + this.afterMs);
    this.arm();
  }

  /** False where the item was not here (any more). */
  delete(item: T): boolean {
    const found = this.dueAt.delete(item);
    if (this.dueAt.size === 0) this.disarm();
    return found;
  }

  /** The items, longest here first. */
  items(): IterableIterator<T> {
    return this.dueAt.keys();
  }

  oldest(): T | undefined {
    return this.dueAt.keys().next().value;
  }

  /** Takes everything out and ends the timer. */
  clear(): T[] {
    const items = [...this.dueAt.keys()];
    this.dueAt.clear();
    this.disarm();
    return items;
  }

  private arm(): void {
    const first = this.dueAt.values().next().value;
    if (this.timer || first === undefined) return;
    this.timer = setTimeout(() => this.expire(), Math.max(1, Math.ceil(first - performance.now())));
  }

  private disarm(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
  }

  private expire(): void {
    this.timer = undefined;
    const now = performance.now();
    for (const [item, due] of this.dueAt) {
      if (due > now) break;
      this.dueAt.delete(item);
      this.onDue(item);
    }
    this.arm();
  }
}
