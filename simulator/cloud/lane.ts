import type { Timers } from '../timers';

interface Waiting<T> {
  item: T;
  dueAt: number;
}

/** A queue that keeps its order: what waits in front holds up what comes behind, as on a slow line. */
export class Lane<T> {
  private queue: Waiting<T>[] = [];
  private cancel: (() => void) | undefined;

  constructor(
    private readonly timers: Timers,
    private readonly release: (item: T) => void,
  ) {}

  get empty(): boolean {
    return this.queue.length === 0;
  }

  /** Adds an item to be released in `delayMs` at the earliest, and after everything before it. */
  push(item: T, delayMs: number): void {
    const last = this.queue[this.queue.length - 1];
    const dueAt = Math.max(last?.dueAt ?? 0, Date.now() + delayMs);
    this.queue.push({ item, dueAt });
    if (this.queue.length === 1) this.wait(dueAt);
  }

  /** Takes everything out, in order. */
  drain(): T[] {
    this.cancel?.();
    const items = this.queue.map(({ item }) => item);
    this.queue = [];
    return items;
  }

  private wait(dueAt: number): void {
    this.cancel = this.timers.after(Math.max(0, dueAt - Date.now()), () => {
      // One millisecond of grace: timers may fire that much before the clock says so.
      for (let first = this.queue[0]; first && first.dueAt <= Date.now() + 1; first = this.queue[0]) {
        this.queue.shift();
        this.release(first.item);
      }
      const next = this.queue[0];
      if (next) this.wait(next.dueAt);
    });
  }
}
