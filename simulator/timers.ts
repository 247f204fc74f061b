/** Every timer of one simulator, so that stopping it leaves none behind. */
export class Timers {
  private readonly pending = new Set<NodeJS.Timeout>();

  /** Runs `act` after `ms` milliseconds, unless the returned function or `clear` is called first. */
  after(ms: number, act: () => void): () => void {
    const timer = setTimeout(() => {
      this.pending.delete(timer);
      act();
    }, ms);
    this.pending.add(timer);
    return () => {
      clearTimeout(timer);
      this.pending.delete(timer);
    };
  }

  clear(): void {
    for (const timer of this.pending) clearTimeout(timer);
    this.pending.clear();
  }
}
