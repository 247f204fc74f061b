/**
 * When the next connection may be attempted, and whether connections can be had at all.
 *
 * | state   | an attempt succeeds | an attempt fails       | an open connection breaks |
 * |---------|---------------------|------------------------|---------------------------|
 * | unknown | up, tells `onUp`    | down, tells `onDown`   | (cannot happen)           |
 * | up      | up                  | down, tells `onDown`   | up, wait                  |
 * | down    | up, tells `onUp`    | down, wait             | down, wait                |
 *
 * Every failure and every break makes the next attempt wait: exponentially longer, with full jitter, so that many
 * instances that lost the same cloud do not come back as one. What a refused handshake (401) or a wrong certificate needs
 * is a person, not another attempt: those wait long. Connections that were under way together fail together and count
 * once (they share an epoch). What resets the count is a connection on which the cloud had spoken, or connections that
 * have been had for a stable time: a cloud that accepts and hangs up is not a healthy one, but one that breaks lines in
 * use must not keep the next customers, nor those whose door is open, from a new line.
 *
 * The first success is told too: an alert of the process before this one may still be open.
 */
import type { SocketEnd } from './socket';

export interface BackoffOptions {
  /** The first wait is anything up to this, in milliseconds, and doubles from there. */
  readonly baseMs: number;
  readonly capMs: number;
  /** The same where the cloud will not heal by itself. At least half of each wait is kept. */
  readonly refusedBaseMs: number;
  readonly refusedCapMs: number;
  /** How long connections must have been had for the count to begin anew, in milliseconds. */
  readonly stableMs: number;
}

export const BACKOFF: BackoffOptions = {
  baseMs: 250,
  capMs: 30_000,
  refusedBaseMs: 30_000,
  refusedCapMs: 300_000,
  stableMs: 10_000,
};

export interface Edges {
  onUp(): void;
  onDown(reason: string): void;
}

export class Backoff {
  state: 'unknown' | 'up' | 'down' = 'unknown';
  /** Why the last attempt failed; null while connections can be had. */
  reason: string | null = null;
  /** Grows with every failure that counts. A connection remembers the epoch it was begun in. */
  epoch = 0;
  private attempt = 0;
  private notBefore = 0;
  private openSince: number | null = null;

  constructor(
    private readonly options: BackoffOptions,
    private readonly random: () => number,
    private readonly edges: Edges,
  ) {}

  /** Milliseconds until the next attempt is allowed; 0 is now. */
  delay(now: number): number {
    return Math.max(0, this.notBefore - now);
  }

  /** An attempt succeeded. */
  opened(now: number): void {
    this.openSince ??= now;
    this.reason = null;
    if (this.state === 'up') return;
    this.state = 'up';
    this.edges.onUp();
  }

  /** An attempt that was begun in `epoch` failed. */
  failed(now: number, epoch: number, end: SocketEnd): void {
    this.wait(now, epoch, end.permanent);
    this.reason = end.reason;
    if (this.state === 'down') return;
    this.state = 'down';
    this.edges.onDown(end.reason);
  }

  /** A connection that was open, and that was begun in `epoch`, broke. `hadSpoken`: the cloud had sent a frame on it. */
  broke(now: number, epoch: number, hadSpoken: boolean): void {
    if (hadSpoken && epoch === this.epoch) this.attempt = 0;
    this.wait(now, epoch, false);
  }

  private wait(now: number, epoch: number, refused: boolean): void {
    if (epoch !== this.epoch) return;
    this.epoch += 1;
    const { stableMs, baseMs, capMs, refusedBaseMs, refusedCapMs } = this.options;
    if (this.openSince !== null && now - this.openSince >= stableMs) this.attempt = 0;
    this.openSince = null;
    const doubled = 2 ** Math.min(this.attempt, 30);
    this.attempt += 1;
    const most = refused ? Math.min(refusedCapMs, refusedBaseMs * doubled) : Math.min(capMs, baseMs * doubled);
    const least = refused ? most / 2 : 0;
    this.notBefore = now + least + this.random() * (most - least);
  }
}
