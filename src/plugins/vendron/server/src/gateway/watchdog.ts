/**
 * Ends connections whose other side is gone without a word (no FIN, no RST). One timer looks at all of them, twice an
 * interval: each is pinged once an interval, and ended once nothing was heard for one and a half, which the next look
 * notices before two are over. Looks come late where the process is busy: what was not asked since it was last heard of is
 * asked first, however long ago that is.
 */

export interface Watched {
  /** Milliseconds on the monotonic clock. */
  heardAt: number;
  pingedAt: number;
}

export type Verdict = 'fine' | 'ping' | 'silent';

/** What is to be done about a connection at `now`. */
export function judge({ heardAt, pingedAt }: Watched, now: number, intervalMs: number): Verdict {
  if (pingedAt > heardAt && now - heardAt >= 1.5 * intervalMs) return 'silent';
  return now - pingedAt >= intervalMs ? 'ping' : 'fine';
}

export class Watchdog {
  private timer: NodeJS.Timeout | undefined;
  private turn: NodeJS.Immediate | undefined;
  private lookedAt = 0;

  /** `look` is told the time, and whether what was heard before it can be relied upon. */
  constructor(
    private readonly intervalMs: number,
    private readonly look: (now: number, reliable: boolean) => void,
  ) {}

  start(): void {
    this.stop();
    this.lookedAt = performance.now();
    this.timer = setInterval(() => this.tick(), this.intervalMs / 2);
  }

  stop(): void {
    clearInterval(this.timer);
    clearImmediate(this.turn);
    this.timer = undefined;
  }

  private tick(): void {
    const now = performance.now();
    // A process that was suspended finds old clocks and unread sockets: what looks silent may have spoken meanwhile.
    const reliable = now - this.lookedAt < this.intervalMs;
    this.lookedAt = now;
    // What has arrived while a busy process was not listening is read first.
    this.turn = setImmediate(() => this.look(now, reliable));
  }
}
