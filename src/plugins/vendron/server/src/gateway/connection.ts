/**
 * One connection, which serves state checks one after another, then at most one purchase, then ends.
 *
 * | state      | frames go to               | left by                                                          |
 * |------------|----------------------------|------------------------------------------------------------------|
 * | connecting | (none come)                | opened → idle                                                    |
 * | idle       | orphans                    | use → checking or taken                                          |
 * | checking   | the exchange               | rest → idle                                                      |
 * | taken      | the purchase's line        | linger → lingering                                               |
 * | lingering  | the line, as late signals  | close → closing                                                  |
 * | closing    | whoever had it last        | the other side answers → closed                                  |
 * | closed     | nobody                     |                                                                  |
 *
 * From every state: close → closing; drop, or the socket ending → closed. A connection never goes from a purchase back to
 * idle: what comes late for that purchase names it by nothing but the connection it comes on.
 */
import type { FramedSignal } from '../../../../purchases/server/src/ports';
import type { SignalReader } from './signals';
import type { Socket, SocketEnd, SocketFactory } from './socket';

export type ConnectionState = 'connecting' | 'idle' | 'checking' | 'taken' | 'lingering' | 'closing' | 'closed';

/** Who a connection's frames are for. */
export interface Receiver {
  signal(signal: FramedSignal): void;
  /** The connection ended while it was checking or taken. Nothing follows. */
  lost(reason: string): void;
}

/** How many connections are in each state. */
export type StateCounts = Record<Exclude<ConnectionState, 'closed'>, number>;

export interface ConnectionOwner {
  readonly counts: StateCounts;
  readonly read: SignalReader;
  opened(connection: Connection): void;
  /** `was` is the state that the end met. */
  ended(connection: Connection, was: ConnectionState, end: SocketEnd): void;
  received(signal: FramedSignal): void;
  orphan(signal: FramedSignal): void;
}

export class Connection {
  readonly kind = 'connection';
  state: ConnectionState = 'connecting';
  /** When something was last heard, pinged, and used, on the monotonic clock in milliseconds. */
  heardAt = performance.now();
  pingedAt = this.heardAt;
  usedAt = this.heardAt;
  /** Whether a frame has come on it. */
  hasSpoken = false;
  private readonly socket: Socket;
  private receiver: Receiver | null = null;

  /** `serial` grows with each connection; `epoch` is the back-off's when this one was begun. */
  constructor(
    readonly serial: number,
    readonly epoch: number,
    private readonly owner: ConnectionOwner,
    open: SocketFactory,
  ) {
    owner.counts.connecting += 1;
    this.socket = open({
      opened: () => this.onOpened(),
      message: (data, binary) => this.onMessage(data, binary),
      alive: () => this.heard(),
      closed: (end) => this.end(end),
    });
  }

  use(state: 'checking' | 'taken', receiver: Receiver): void {
    this.receiver = receiver;
    this.enter(state);
  }

  rest(): void {
    this.receiver = null;
    this.usedAt = performance.now();
    this.enter('idle');
  }

  linger(): void {
    this.enter('lingering');
  }

  /** Writes a frame for whoever uses the connection now. False when it cannot be written. */
  send(text: string): boolean {
    if (this.state !== 'checking' && this.state !== 'taken') return false;
    return this.socket.send(text);
  }

  ping(now: number): void {
    this.pingedAt = now;
    this.socket.ping();
  }

  /** Ends politely. Whoever used the connection has lost it. */
  close(reason: string): void {
    if (this.state === 'closing' || this.state === 'closed') return;
    const was = this.state;
    this.enter('closing');
    this.tellLost(was, reason);
    this.socket.close();
  }

  /** Ends at once. */
  drop(reason: string): void {
    if (this.state === 'closed') return;
    this.socket.terminate();
    this.end({ reason, permanent: false });
  }

  private onOpened(): void {
    if (this.state !== 'connecting') return;
    this.heard();
    this.rest();
    this.owner.opened(this);
  }

  private onMessage(data: Buffer, binary: boolean): void {
    if (this.state === 'closed') return;
    this.heard();
    this.hasSpoken = true;
    const signal = this.owner.read(data, binary);
    this.owner.received(signal);
    if (this.receiver) this.receiver.signal(signal);
    else this.owner.orphan(signal);
  }

  private end(end: SocketEnd): void {
    const was = this.state;
    if (was === 'closed') return;
    this.enter('closed');
    // The owner first: whoever hears `lost` may ask for another connection on the spot.
    this.owner.ended(this, was, end);
    this.tellLost(was, end.reason);
  }

  private tellLost(was: ConnectionState, reason: string): void {
    if (was !== 'checking' && was !== 'taken') return;
    const receiver = this.receiver;
    this.receiver = null;
    receiver?.lost(reason);
  }

  private heard(): void {
    this.heardAt = performance.now();
  }

  private enter(state: ConnectionState): void {
    if (this.state !== 'closed') this.owner.counts[this.state] -= 1;
    if (state !== 'closed') this.owner.counts[state] += 1;
    this.state = state;
  }
}
